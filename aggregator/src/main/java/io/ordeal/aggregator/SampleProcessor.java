package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.window.Part;
import io.ordeal.aggregator.window.Segment;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// Passes each sample of resource use on to every run under way: a host belongs to none of them.
///
/// A run is under way from `RunStarted` to `RunFinished`, or to an hour after the planned end of its load. The two
/// topics
/// are two: samples of the last seconds are kept for a run whose start is read a little later than they.
final class SampleProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    private static final long PLAUSIBLE = Duration.ofHours(1).toMillis();
    private static final long RECENT = 10_000_000;
    private static final long GRACE = Micros.of(Duration.ofHours(1));
    private static final int MOST_SOURCES = 1024;
    private static final String RUN = "r\u0000";
    private static final String SOURCE = "s\u0000";

    private final Frames frames;
    private final AggregatorSettings settings;
    private final Metrics metrics;
    private final String lifecycle;
    private final Map<String, UnderWay> runs = new LinkedHashMap<>();
    private final LinkedHashMap<String, Recent> sources = new LinkedHashMap<>(16, 0.75f, true);
    private ProcessorContext<byte[], Outgoing> context;
    private LiveStore store;
    private Plans plans;

    /// @param lifecycle the name of the lifecycle topic
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    SampleProcessor(Frames frames, AggregatorSettings settings, Metrics metrics, String lifecycle) {
        this.frames = frames;
        this.settings = settings;
        this.metrics = metrics;
        this.lifecycle = lifecycle;
    }

    /// A run that wants samples from `from` to `to`; microseconds since the epoch.
    private static final class UnderWay extends Part {
        private final long from;
        private final long to;

        UnderWay(String key, long from, long to) {
            super(key);
            this.from = from;
            this.to = to;
        }

        @Override
        public void write(ByteWriter out) {
            out.number(from).number(to);
        }
    }

    /// A sample as it came.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(long at, byte[] value) {}

    /// The last samples of one source.
    private static final class Recent extends Part {
        private final Deque<Kept> samples = new ArrayDeque<>();

        Recent(String key) {
            super(key);
        }

        @Override
        public void write(ByteWriter out) {
            out.number(samples.size());
            samples.forEach(sample -> out.number(sample.at).bytes(sample.value));
        }
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> processorContext) {
        context = processorContext;
        store = context.getStateStore(VerdictTopology.SAMPLES);
        ReadOnlyKeyValueStore<Bytes, byte[]> published = context.getStateStore(VerdictTopology.PLANS);
        plans = new Plans(published, frames, settings.planPatience());
        store.load(this::load);
    }

    private void load(String key, ByteReader in) {
        if (key.startsWith(RUN)) {
            runs.put(key.substring(RUN.length()), new UnderWay(key, in.number(), in.number()));
            return;
        }
        var recent = new Recent(key);
        for (int left = in.integer(); left > 0; left--) {
            recent.samples.add(new Kept(in.number(), in.bytes()));
        }
        sources.put(key, recent);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone says nothing
        }
        if (context.recordMetadata().orElseThrow().topic().equals(lifecycle)) {
            if (frames.decode(Topic.LIFECYCLE, LifecycleEvent.class, record.value())
                    instanceof Decoded.Good<LifecycleEvent>(var event)) {
                event(event, record.timestamp()); // poison is set aside where facts are read
            }
            return;
        }
        switch (frames.decode(Topic.RESOURCES, ResourceSample.class, record.value())) {
            case Decoded.Good<ResourceSample>(var sample) -> sample(sample, record);
            case Decoded.Poison<ResourceSample>(var reason) -> Letters.send(context, record, reason, metrics);
        }
    }

    private void event(LifecycleEvent event, long timestamp) {
        switch (event.event()) {
            case LifecycleEvent.RunStarted _ -> start(event.run(), Micros.of(event.at()), timestamp);
            case LifecycleEvent.RunFinished _ -> finish(event.run());
            case LifecycleEvent.Event _ -> {}
        }
    }

    /// A run without a plan cannot be judged.
    private void start(String run, long at, long timestamp) {
        if (runs.containsKey(run) || !Segment.valid(run)) {
            return;
        }
        plans.await(run).ifPresent(plan -> {
            var underWay = new UnderWay(RUN + run, at, at + planned(plan) + GRACE);
            runs.put(run, underWay);
            store.changed(underWay);
            sources.values().stream()
                    .flatMap(source -> source.samples.stream())
                    .filter(sample -> sample.at >= at)
                    .forEach(sample -> forward(run, sample.value, timestamp));
        });
    }

    private static long planned(Plan plan) {
        return plan.source().phases().stream()
                .mapToLong(phase -> Micros.of(phase.start()) + Micros.of(phase.duration()))
                .max()
                .orElse(0);
    }

    private void finish(String run) {
        var over = runs.remove(run);
        if (over != null) {
            store.dropped(over);
            plans.forget(run);
        }
    }

    private void sample(ResourceSample sample, Record<byte[], byte[]> record) {
        if (Math.abs(sample.at().toEpochMilli() - record.timestamp()) >= PLAUSIBLE) {
            Letters.send(context, record, "its time is far from the record's: " + sample.at(), metrics);
            return;
        }
        long at = Micros.of(sample.at());
        keep(sample, new Kept(at, record.value()));
        runs.entrySet().removeIf(run -> {
            if (at > run.getValue().to) { // its runner has died without a word
                store.dropped(run.getValue());
                return true;
            }
            if (at >= run.getValue().from) {
                forward(run.getKey(), record.value(), record.timestamp());
            }
            return false;
        });
    }

    private void keep(ResourceSample sample, Kept kept) {
        var recent = sources.computeIfAbsent(SOURCE + sample.host() + "/" + sample.process(), Recent::new);
        while (!recent.samples.isEmpty() && recent.samples.getFirst().at < kept.at - RECENT) {
            recent.samples.removeFirst();
        }
        recent.samples.add(kept);
        store.changed(recent);
        if (sources.size() > MOST_SOURCES) {
            store.dropped(sources.pollFirstEntry().getValue());
        }
    }

    private void forward(String run, byte[] value, long timestamp) {
        var outgoing = new Relay.Sample(value).to(run);
        context.forward(new Record<>(outgoing.key(), outgoing, timestamp));
    }
}
