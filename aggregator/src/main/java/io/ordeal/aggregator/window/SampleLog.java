package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.FourDigits;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.resources.Gauge;
import io.ordeal.aggregator.resources.Recording;
import io.ordeal.aggregator.resources.Samples;
import io.ordeal.schemas.resources.ResourceSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The samples of resource use of a run: two or three bytes a reading.
///
/// They are kept one by one, because which of them count is known only when the run is over: faults are confirmed after
/// they acted, and the last seconds do not count. What bounds them is the number of series.
final class SampleLog extends Part {
    /// Series of one run at most.
    static final int MOST = 512;

    /// A refusal is known to count when there is one so much later; microseconds.
    private static final long HOLD = 10_000_000;

    private final String run;
    private final Shelf shelf;
    private final LinkedHashMap<Name, SampleSource> sources = new LinkedHashMap<>();
    private final List<SampleSource> byNumber = new ArrayList<>();
    private final TreeMap<Long, Long> refusals = new TreeMap<>();
    private long refused;
    private int series;

    private record Name(String host, String process) {}

    SampleLog(String run, Shelf shelf) {
        super(Keys.of(run, Run.GAUGES));
        this.run = run;
        this.shelf = shelf;
    }

    /// Takes a sample; one that is not later than the one before of its source is passed over.
    void add(ResourceSample sample) {
        long at = Micros.of(sample.at());
        var name = new Name(sample.host(), sample.process());
        var known = Optional.ofNullable(sources.get(name));
        if (known.filter(source -> at <= source.newest()).isPresent()) {
            return;
        }
        var codes = new TreeMap<Integer, Long>();
        new TreeMap<>(sample.values()).forEach((reading, value) -> {
            if (Double.isFinite(value)) {
                place(name, reading)
                        .ifPresentOrElse(place -> codes.put(place, (long) FourDigits.index(value)), () -> refuse(at));
            }
        });
        if (!codes.isEmpty()) {
            shelf.changed(source(name).append(at, codes));
        }
    }

    /// Returns the place of a reading among those of its source, or empty when there are too many.
    private Optional<Integer> place(Name name, String reading) {
        return Optional.ofNullable(sources.get(name))
                .flatMap(source -> source.place(reading))
                .or(() -> enter(name, reading));
    }

    private Optional<Integer> enter(Name name, String reading) {
        if (series == MOST) {
            return Optional.empty();
        }
        series++;
        shelf.changed(this);
        return Optional.of(source(name).enter(reading));
    }

    private SampleSource source(Name name) {
        return sources.computeIfAbsent(name, _ -> {
            byNumber.add(new SampleSource(run, byNumber.size()));
            return byNumber.getLast();
        });
    }

    private void refuse(long at) {
        refusals.merge(at, 1L, Long::sum);
        var settled = refusals.headMap(refusals.lastKey() - HOLD);
        refused += sum(settled);
        settled.clear();
        shelf.changed(this);
    }

    /// Returns how many readings up to `to`, microseconds since the epoch, were of more series than are kept.
    long refused(long to) {
        return refused + sum(refusals.headMap(to, true));
    }

    private static long sum(Map<Long, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Returns the samples from `from` to `to`, both included; microseconds since the epoch.
    Recording recording(long from, long to) {
        var gauges = new TreeMap<Gauge, SampleSource>();
        sources.forEach((name, source) -> {
            for (var reading : source.readings()) {
                if (source.samples(reading).between(from, to + 1).size() > 0) {
                    gauges.put(new Gauge(name.host, name.process, reading), source);
                }
            }
        });
        return new Recording() {
            @Override
            public List<Gauge> gauges() {
                return List.copyOf(gauges.keySet());
            }

            @Override
            public Samples samples(Gauge gauge) {
                return Optional.ofNullable(gauges.get(gauge))
                        .map(source -> source.samples(gauge.reading()).between(from, to + 1))
                        .orElse(Samples.NONE);
            }
        };
    }

    /// Drops every part of it.
    void drop() {
        byNumber.forEach(source -> source.chunks().forEach(shelf::dropped));
        shelf.dropped(this);
        byNumber.clear();
        sources.clear();
    }

    @Override
    public void write(ByteWriter out) {
        out.number(refused).number(refusals.size());
        refusals.forEach((at, count) -> out.number(at).number(count));
        out.number(sources.size());
        sources.forEach((name, source) -> source.write(out.text(name.host).text(name.process)));
    }

    void read(ByteReader in) {
        refused = in.number();
        for (int left = in.integer(); left > 0; left--) {
            refusals.put(in.number(), in.number());
        }
        for (int left = in.integer(); left > 0; left--) {
            var source = source(new Name(in.text(), in.text()));
            source.read(in);
            series += source.readings().size();
        }
    }

    /// Reads a chunk of a source; [#read] was called before.
    void readChunk(int source, int chunk, ByteReader in) {
        byNumber.get(source).readChunk(chunk, in);
    }
}
