// Follows a run: one request for the history, one stream of events for what comes. What is said in words is written by
// the server; here are the charts, and what is done when nothing comes any more.
(() => {
  const page = document.getElementById('run');
  const base = page.dataset.run;
  const $ = id => document.getElementById(id);
  const STALE = 3000, AGAIN = 2000;
  const two = n => String(n).padStart(2, '0');
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const narrow = () => innerWidth < 600;
  const LATENCY = [['p50', 'p50', 1.2], ['p95', 'p95', 1.8], ['p99', 'p99', 2.5], ['p99.9', 'p999', 1.2, [5, 3]]];
  const RATES = [['asked', 'mut', 1.2, [4, 3]], ['answered', 'p95', 1.8], ['errors', 'fail', 2]];
  const USAGE = [
    ['cpu_cores', 'Processor, cores'], ['cpu', 'Processor, part of the limit'],
    ['memory_bytes', 'Memory of hosts', true], ['memory_bytes', 'Memory of processes', false],
    ['heap_after_gc', 'Heap after collections'], ['heap_bytes', 'Heap'], ['connections', 'Connections'],
    ['queue_depth', 'Queues'], ['event_loop_lag_seconds', 'Event loop lag, s'], ['database_connections', 'Database connections'],
  ];
  const SOURCES = ['p99', 'p50', 'mut', 'p95', 'open', 'hatch'];
  let data, source, charts = [], heard = performance.now(), zoomed = false, ended = page.dataset.state === 'finished', timer;

  const start = () => data.start ?? data.times[0] ?? 0;
  const clock = t => {
    const s = Math.round(t - start()), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return s < 0 ? '' : h ? h + ':' + two(m) + ':' + two(s % 60) : m + ':' + two(s % 60);
  };
  const figure = (v, unit) => {
    if (v == null) return '–';
    const scale = unit === ' B' ? [[1e9, ' GB'], [1e6, ' MB'], [1e3, ' kB']].find(([f]) => Math.abs(v) >= f) : null;
    const [n, u] = scale ? [v / scale[0], scale[1]] : [v, unit];
    return n.toFixed(n >= 100 || n === 0 ? 0 : n >= 10 ? 1 : n >= 1 ? 2 : 3) + u;
  };
  const last = () => data.times[data.times.length - 1] ?? start();
  const span = () => [start(), Math.max(data.end ?? 0, last(), start() + 1)];

  // What is drawn behind the lines: faults in force hatched, faults to come as dashed boxes, phases on the baseline.
  const hatch = ctx => {
    const c = document.createElement('canvas');
    c.width = c.height = 8;
    const g = c.getContext('2d');
    g.strokeStyle = colour('hatch');
    g.beginPath();
    for (const d of [0, 8, -8]) { g.moveTo(d, 8); g.lineTo(d + 8, 0); }
    g.stroke();
    return ctx.createPattern(c, 'repeat');
  };
  const behind = u => {
    const c = u.ctx, k = devicePixelRatio, { top, height, left, width } = u.bbox;
    c.save();
    c.beginPath(); c.rect(left, top, width, height); c.clip();
    c.font = `600 ${11 * k}px system-ui, sans-serif`;
    let shaded = 0, dashed = 0;
    data.faults.forEach((f, i) => {
      const to = f.to ?? Math.max(last(), f.from), a = u.valToPos(f.from, 'x', true), w = Math.max(k, u.valToPos(to, 'x', true) - a);
      const real = f.state === 'IN_FORCE' || f.state === 'REVERTED' || f.state === 'FAILED';
      c.strokeStyle = colour('hatch'); c.lineWidth = k;
      if (real) { c.fillStyle = hatch(c); c.fillRect(a, top, w, height); c.setLineDash([]); shaded++; } else { c.setLineDash([5 * k, 4 * k]); dashed++; }
      c.strokeRect(a, top + k, w, height - 2 * k);
      c.setLineDash([]);
      const y = top + (4 + 14 * (i % 2)) * k;
      c.fillStyle = colour('bg'); c.fillRect(a + 2 * k, y - 2 * k, c.measureText(f.id).width + 4 * k, 14 * k);
      c.fillStyle = colour(real ? 'fg' : 'mut'); c.textAlign = 'left'; c.textBaseline = 'top';
      c.fillText(f.id, a + 4 * k, y);
    });
    c.font = `${11 * k}px system-ui, sans-serif`;
    c.fillStyle = colour('mut'); c.textBaseline = 'bottom';
    for (const p of data.phases) {
      const a = u.valToPos(p.from, 'x', true), b = u.valToPos(p.to, 'x', true);
      c.fillRect(a, top + height - 8 * k, k, 8 * k);
      if (c.measureText(p.name).width + 10 * k < b - a) c.fillText(p.name, a + 5 * k, top + height - 2 * k);
    }
    c.restore();
    Object.assign(u.root.closest('figure').dataset, { shaded, dashed });
  };
  const limits = u => {
    const c = u.ctx, k = devicePixelRatio;
    c.save();
    c.beginPath(); c.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height); c.clip();
    c.strokeStyle = c.fillStyle = colour('fail'); c.lineWidth = 1.5 * k;
    c.font = `600 ${11 * k}px system-ui, sans-serif`; c.textAlign = 'right'; c.textBaseline = 'bottom';
    for (const l of data.limits) {
      const y = u.valToPos(l.value, 'y', true);
      c.setLineDash([6 * k, 4 * k]);
      c.beginPath(); c.moveTo(u.bbox.left, y); c.lineTo(u.bbox.left + u.bbox.width, y); c.stroke();
      c.fillText(l.name + ' ' + figure(l.value, ' ms'), u.bbox.left + u.bbox.width - 4 * k, y - 2 * k);
    }
    c.restore();
    u.root.closest('figure').dataset.limits = data.limits.length;
  };

  // One cell for each judged window, under the hero chart and on its time axis.
  const ribbon = () => {
    const canvas = $('ribbon'), u = charts[0];
    if (!u) return;
    const k = devicePixelRatio, c = canvas.getContext('2d'), { min, max } = u.scales.x;
    canvas.style.marginLeft = u.bbox.left / k + 'px';
    canvas.style.width = u.bbox.width / k + 'px';
    canvas.width = u.bbox.width; canvas.height = 12 * k;
    const at = t => (t - min) / (max - min) * canvas.width;
    c.fillStyle = colour('line');
    c.fillRect(0, 5 * k, canvas.width, 2 * k);
    let out = 0;
    data.ribbon.times.forEach((t, i) => {
      const mark = data.ribbon.marks[i], a = at(t), w = Math.max(1, at(t + data.ribbon.step) - a);
      c.fillStyle = colour(mark === 'in' ? 'pass' : mark === 'out' ? 'fail' : 'open');
      c.fillRect(a, mark === 'in' ? 4 * k : 0, w, mark === 'in' ? 4 * k : 12 * k);
      out += mark === 'out';
    });
    Object.assign(canvas.dataset, { windows: data.ribbon.times.length, out });
  };

  const decades = [];
  for (let e = -3; e < 7; e++) for (const m of [1, 2, 5]) decades.push(m * 10 ** e);
  const SPACES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

  const build = (holder, { series, unit, log, height, hero, rows }) => {
    const readout = holder.querySelector('.readout'), plot = holder.querySelector('.plot');
    const size = () => ({ width: holder.clientWidth, height: narrow() ? Math.min(height, 220) : height });
    const told = i => (i == null ? '' : clock(u.data[0][i])) + '';
    const legend = u => {
      const i = u.cursor.idx ?? u.data[0].length - 1;
      readout.replaceChildren(...[told(u.cursor.idx), ...series.map(([name], n) => name + ' ' + figure(u.data[n + 1][i], unit))].map((text, n) => {
        const item = document.createElement('span');
        if (n) { const line = document.createElement('i'); line.style.background = colour(series[n - 1][1]); item.append(line); }
        item.append(text);
        return item;
      }));
    };
    const u = new uPlot({
      ...size(),
      legend: { show: false },
      cursor: { sync: { key: 'run' }, drag: { x: true, y: false, setScale: false } },
      scales: {
        x: { time: false, range: (u, a, b) => zoomed && a != null ? [a, b] : span() },
        y: log
          ? { distr: 3, range: (u, a, b) => a == null ? [1, 1000] : [Math.min(a * .55, ...data.limits.map(l => l.value * .8)), Math.max(b * 1.9, a * 12, ...data.limits.map(l => l.value * 1.9))] }
          : { range: (u, a, b) => [0, b == null || b <= 0 ? 1 : b * 1.15] },
      },
      axes: [
        { stroke: colour('mut'), grid: { stroke: colour('line'), width: 1 }, size: 30, values: (u, s) => s.map(clock), splits: (u, i, a, b, step) => { const all = []; for (let t = start() + Math.ceil((a - start()) / step) * step; t <= b; t += step) all.push(t); return all; }, space: 60, incrs: SPACES },
        {
          stroke: colour('mut'), grid: { stroke: colour('line'), width: 1 }, size: narrow() ? 60 : 72,
          ...(log ? { filter: (u, s) => s, splits: (u, i, a, b) => { const d = decades.filter(q => q >= a && q <= b); return d.length > 9 ? d.filter(q => Number.isInteger(Math.round(Math.log10(q) * 1e6) / 1e6)) : d; } } : {}),
          values: (u, s) => s.map(v => unit === ' B' ? figure(v, unit).replace(/\.0+ /, ' ') : v.toLocaleString('en', { maximumFractionDigits: 3 }) + unit),
        },
      ],
      series: [{}, ...series.map(([label, stroke, width, dash]) => ({ label, stroke: colour(stroke), width, dash, points: { show: u => u.data[0].length < 3, size: 5 }, spanGaps: !hero }))],
      hooks: {
        drawClear: [behind],
        draw: [u => { if (hero) limits(u); plot.dataset.points = u.data[0].length; }, u => { if (hero) ribbon(); }],
        setSelect: [u => { if (u.select.width > 0) zoom(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')); }],
        setCursor: [legend],
        setData: [legend],
      },
    }, rows(), plot);
    u.over.addEventListener('dblclick', follow);
    let at = null;
    plot.addEventListener('keydown', e => {
      const step = e.shiftKey ? 10 : 1, end = u.data[0].length - 1;
      if (e.key === 'Escape') return follow();
      const next = { ArrowRight: Math.min(end, (at ?? -1) + step), ArrowLeft: Math.max(0, (at ?? end + 1) - step), Home: 0, End: end }[e.key];
      if (next === undefined || end < 0) return;
      e.preventDefault();
      at = next;
      u.setCursor({ left: u.valToPos(u.data[0][at], 'x'), top: 10 });
    });
    u.refresh = () => { u.setData(rows(), false); };
    u.fit = () => u.setSize(size());
    charts.push(u);
    return u;
  };

  const rescale = () => { for (const u of charts) u.setScale('x', zoomed ? { min: zoomed[0], max: zoomed[1] } : { min: span()[0], max: span()[1] }); };
  const zoom = (min, max) => {
    zoomed = [min, max];
    $('follow').hidden = false;
    page.dataset.zoomed = 'true';
    for (const u of charts) { u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false); }
    rescale();
  };
  const follow = () => {
    zoomed = false;
    $('follow').hidden = true;
    page.dataset.zoomed = 'false';
    for (const u of charts) u.refresh();
    rescale();
  };

  // A host has so much more memory than a process that one of them would lie on the floor of the other's chart.
  const used = (reading, hosts) => data.readings.filter(r => r.reading === reading && (hosts === undefined || r.source.endsWith('/') === hosts));
  const joined = list => list.length === 0 ? [[]] : uPlot.join(list.map(r => [r.times, r.values]));
  const usage = () => {
    const shown = USAGE.filter(([name, , hosts]) => used(name, hosts).length > 0);
    const wanted = shown.map(([name, , hosts]) => name + ':' + used(name, hosts).map(r => r.source)).join(' ');
    if ($('usage').dataset.readings === wanted) return;
    $('usage').dataset.readings = wanted;
    charts = charts.filter(u => { const own = u.root.closest('#usage'); if (own) u.destroy(); return !own; });
    $('usage').replaceChildren();
    for (const [name, caption, hosts] of shown) {
      const list = used(name, hosts).slice(0, SOURCES.length), holder = document.createElement('figure');
      holder.className = 'chart';
      holder.dataset.reading = name;
      for (const [tag, style, text] of [['figcaption', '', caption], ['div', 'readout', ''], ['div', 'plot', '']]) {
        const part = document.createElement(tag);
        part.className = style; part.textContent = text;
        holder.append(part);
      }
      holder.querySelector('.plot').tabIndex = 0;
      $('usage').append(holder);
      build(holder, {
        series: list.map((r, i) => [r.source.replace(/\/$/, ' (host)'), SOURCES[i], 1.6]),
        unit: name.includes('bytes') || name.startsWith('heap') ? ' B' : '', height: 150,
        rows: () => joined(used(name, hosts).slice(0, SOURCES.length)),
      });
    }
  };

  const draw = () => {
    for (const u of charts.splice(0)) u.destroy();
    delete $('usage').dataset.readings;
    const c = () => data.columns;
    build($('latency'), { series: LATENCY, unit: ' ms', log: true, height: 300, hero: true, rows: () => [data.times, c().p50, c().p95, c().p99, c().p999] });
    build($('rates'), { series: RATES, unit: '/s', height: 170, rows: () => [data.times, c().asked, c().ended.map((v, i) => v == null ? null : v - c().errors[i]), c().errors] });
    usage();
    page.dataset.drawn = 'true';
  };

  // Takes up what has come. A row may come again, with more in it.
  const append = (into, more) => {
    const from = more.times.length ? into.times.findLastIndex(t => t < more.times[0]) + 1 : into.times.length;
    into.times.splice(from, Infinity, ...more.times);
    return from;
  };
  const take = more => {
    if (more.step !== data.step || more.window !== data.window) return history();
    const from = append(data, more);
    for (const name in data.columns) data.columns[name].splice(from, Infinity, ...more.columns[name]);
    const marks = append(data.ribbon, more.ribbon);
    data.ribbon.marks.splice(marks, Infinity, ...more.ribbon.marks);
    data.ribbon.step = more.ribbon.step;
    for (const reading of more.readings) {
      const known = data.readings.find(r => r.source === reading.source && r.reading === reading.reading);
      if (!known) { data.readings.push(reading); continue; }
      const i = append(known, reading);
      known.values.splice(i, Infinity, ...reading.values);
    }
    Object.assign(data, { last: more.last, start: more.start, end: more.end, faults: more.faults, phases: more.phases, limits: more.limits });
    usage();
    for (const u of charts) u.refresh();
    rescale();
    page.dataset.last = data.last;
  };
  const say = parts => {
    for (const id in parts) {
      const element = $(id);
      if (element.dataset.said !== parts[id]) { element.innerHTML = parts[id]; element.dataset.said = parts[id]; }
    }
  };

  const history = async () => {
    source?.close();
    clearTimeout(timer);
    try {
      const answer = await fetch(base + '/series');
      if (!answer.ok) throw new Error(answer.status);
      data = await answer.json();
      data.ribbon.step ??= data.step;
      draw();
      page.dataset.last = data.last;
      if (ended) return fresh();
      listen();
    } catch (e) {
      timer = setTimeout(history, AGAIN);
    }
  };
  const listen = () => {
    source = new EventSource(base + '/events?html=true' + (data.last >= 0 ? '&from=' + data.last : ''));
    source.addEventListener('update', e => {
      const told = JSON.parse(e.data);
      fresh();
      page.dataset.state = told.run.state.toLowerCase();
      say(told.html);
      take(told.series);
    });
    source.addEventListener('reset', history);
    source.addEventListener('end', e => {
      const run = JSON.parse(e.data);
      ended = true;
      source.close();
      page.dataset.state = 'finished';
      document.title = { PASS: '✓ ', FAIL: '✗ ', WARN: '! ' }[run.verdict] ?? '? ';
      document.title += run.verdict + ' ' + run.campaign;
      fresh();
    });
    // A browser tries again by itself while the stream breaks; it gives up for good on an answer that is none.
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) { clearTimeout(timer); timer = setTimeout(history, AGAIN); } };
  };

  // What is old must look old.
  const fresh = () => { heard = performance.now(); stale(); };
  const stale = () => {
    const silent = performance.now() - heard, patience = STALE + Math.max(0, ((data?.window ?? 1) - 1) * 1000);
    const waiting = source && source.readyState !== EventSource.OPEN || !data;
    const old = !ended && silent > patience && (waiting || page.dataset.state === 'running');
    page.classList.toggle('old', old);
    $('stale').hidden = !old;
    if (old) $('stale').textContent = `no data for ${Math.round(silent / 1000)} s, ${waiting ? 'reconnecting' : 'waiting'}`;
  };
  setInterval(stale, 500);

  $('follow').addEventListener('click', follow);
  addEventListener('resize', () => { for (const u of charts) u.fit(); ribbon(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (data) { draw(); rescale(); } });
  history();
})();
