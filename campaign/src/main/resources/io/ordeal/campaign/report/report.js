// Turns the static charts into ones that can be zoomed and read point by point. Nothing that carries the verdict needs it.
(async () => {
  const packed = Uint8Array.from(atob(document.getElementById('data').textContent.trim()), c => c.charCodeAt(0));
  const data = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
  const times = data.times;
  if (times.length < 2) return;
  const two = n => String(n).padStart(2, '0');
  const clock = t => {
    const s = Math.round(t - data.start), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return s < 0 ? '' : h ? h + ':' + two(m) + ':' + two(s % 60) : m + ':' + two(s % 60);
  };
  const figure = (v, unit) => {
    if (v == null) return '–';
    const digits = v >= 100 || v === 0 ? 0 : v >= 10 ? 1 : v >= 1 ? 2 : 3;
    return v.toFixed(digits) + unit;
  };
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const narrow = () => window.innerWidth < 600;

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

  const bands = u => {
    const c = u.ctx, k = devicePixelRatio, top = u.bbox.top, height = u.bbox.height;
    c.save();
    c.beginPath(); c.rect(u.bbox.left, top, u.bbox.width, height); c.clip();
    c.font = `600 ${11 * k}px system-ui, sans-serif`;
    data.faults.forEach((f, i) => {
      const a = u.valToPos(f.from, 'x', true), b = u.valToPos(f.to, 'x', true);
      c.fillStyle = hatch(c); c.fillRect(a, top, b - a, height);
      c.strokeStyle = colour('hatch'); c.lineWidth = k; c.strokeRect(a, top, b - a, height);
      c.fillStyle = colour('fg'); c.textAlign = 'left'; c.textBaseline = 'top';
      c.fillText(f.id, a + 4 * k, top + (4 + 14 * (i % 2)) * k);
    });
    c.font = `${11 * k}px system-ui, sans-serif`;
    c.fillStyle = colour('mut'); c.textBaseline = 'bottom';
    for (const p of data.phases) {
      const a = u.valToPos(p.from, 'x', true), b = u.valToPos(p.to, 'x', true);
      c.fillRect(a, top + height - 8 * k, k, 8 * k);
      if (c.measureText(p.name).width + 10 * k < b - a) c.fillText(p.name, a + 5 * k, top + height - 2 * k);
    }
    c.restore();
  };

  const limits = list => u => {
    const c = u.ctx, k = devicePixelRatio;
    c.save();
    c.beginPath(); c.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height); c.clip();
    c.setLineDash([6 * k, 4 * k]); c.strokeStyle = c.fillStyle = colour('fail'); c.lineWidth = 1.5 * k;
    c.font = `600 ${11 * k}px system-ui, sans-serif`; c.textAlign = 'right'; c.textBaseline = 'bottom';
    for (const l of list) {
      const y = u.valToPos(l.value, 'y', true);
      c.beginPath(); c.moveTo(u.bbox.left, y); c.lineTo(u.bbox.left + u.bbox.width, y); c.stroke();
      c.fillText(l.label, u.bbox.left + u.bbox.width - 4 * k, y - 2 * k);
    }
    c.restore();
  };

  const decades = [];
  for (let e = -3; e < 7; e++) for (const m of [1, 2, 5]) decades.push(m * 10 ** e);

  const charts = [];
  const align = u => {
    const ribbon = document.querySelector('.ribbon');
    if (!ribbon || u !== charts[0]) return;
    const k = devicePixelRatio;
    ribbon.style.minWidth = '0';
    ribbon.style.marginLeft = u.bbox.left / k + 'px';
    ribbon.style.width = u.bbox.width / k + 'px';
    ribbon.setAttribute('viewBox', ribbon.dataset.plot);
    const { min, max } = u.scales.x, span = data.end - data.start, all = ribbon.dataset.plot.split(' ').map(Number);
    ribbon.setAttribute('viewBox', [all[0] + (min - data.start) / span * all[2], 0, (max - min) / span * all[2], all[3]].join(' '));
  };

  const build = (chart, holder) => {
    const out = holder.querySelector('.readout');
    const said = holder.querySelector('[aria-live]');
    const size = () => ({ width: holder.clientWidth, height: narrow() ? 220 : chart.height });
    const text = (u, i) => clock(times[i]) + chart.series.map((s, n) => '   ' + s.label + ' ' + figure(u.data[n + 1][i], chart.unit)).join('');
    const u = new uPlot({
      ...size(),
      legend: { show: false },
      cursor: { sync: { key: 'run' }, drag: { x: true, y: false } },
      scales: {
        x: { time: false, range: (u, a, b) => u.zoomed ? [a, b] : [data.start, data.end] },
        y: chart.log
          ? { distr: 3, range: (u, a, b) => a == null ? [1, 1000] : [Math.min(a * .55, (chart.limits[0] || { value: a }).value), Math.max(b * 1.9, a * 8, ...chart.limits.map(l => l.value * 1.9))] }
          : { range: (u, a, b) => [0, b == null ? 1 : Math.max(b * 1.15, 1)] },
      },
      axes: [
        { stroke: colour('mut'), grid: { stroke: colour('line'), width: 1 }, values: (u, s) => s.map(clock), space: 70, incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400] },
        {
          stroke: colour('mut'), grid: { stroke: colour('line'), width: 1 }, size: 72,
          ...(chart.log ? { filter: (u, s) => s, splits: (u, i, a, b) => { const d = decades.filter(q => q >= a && q <= b); return d.length > 9 ? d.filter(q => Number.isInteger(Math.round(Math.log10(q) * 1e6) / 1e6)) : d; } } : {}),
          values: (u, s) => s.map(v => v + chart.unit),
        },
      ],
      series: [{}, ...chart.series.map(s => ({ label: s.label, stroke: colour(s.colour), width: s.width, dash: s.dash, points: { show: false }, spanGaps: false }))],
      hooks: {
        drawClear: [bands],
        draw: [limits(chart.limits)],
        ready: [align],
        setScale: [(u, key) => key === 'x' && align(u)],
        setSelect: [u => { u.zoomed = u.select.width > 0; }],
        setCursor: [u => { out.textContent = u.cursor.idx == null ? '' : text(u, u.cursor.idx); }],
      },
    }, [times, ...chart.series.map(s => s.values)], holder.querySelector('.live'));
    charts.push(u);
    const reset = () => { for (const c of charts) { c.zoomed = false; c.setScale('x', { min: data.start, max: data.end }); } };
    const zoom = (min, max) => { for (const c of charts) { c.zoomed = true; c.setScale('x', { min, max }); } };
    u.over.addEventListener('dblclick', reset);
    u.over.addEventListener('mouseup', () => {
      setTimeout(() => { if (u.zoomed) zoom(u.scales.x.min, u.scales.x.max); });
    });
    let at = 0, timer;
    holder.querySelector('.live').addEventListener('keydown', e => {
      const step = e.shiftKey ? 10 : 1, last = times.length - 1;
      const next = { ArrowRight: Math.min(last, at + step), ArrowLeft: Math.max(0, at - step), Home: 0, End: last }[e.key];
      if (e.key === 'Escape') return reset();
      if (e.key === 'Enter') {
        const f = data.faults.find(q => times[at] >= q.from && times[at] <= q.to);
        if (f) zoom(Math.max(data.start, f.from - 10), Math.min(data.end, f.to + 15));
        return;
      }
      if (next === undefined) return;
      e.preventDefault();
      at = next;
      u.setCursor({ left: u.valToPos(times[at], 'x'), top: 10 });
      clearTimeout(timer);
      timer = setTimeout(() => { said.textContent = text(u, at); }, 250);
    });
    return () => u.setSize(size());
  };

  const draw = () => {
    for (const c of charts.splice(0)) c.destroy();
    return data.charts.map(c => build(c, document.getElementById(c.id)));
  };
  document.body.classList.add('scripted');
  let resize = draw();
  addEventListener('resize', () => { for (const r of resize) r(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { resize = draw(); });
  window.ORDEAL_DRAWN = true;
})().catch(e => { document.body.classList.remove('scripted'); console.error(e); });
