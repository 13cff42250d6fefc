package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.window.Run;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// The second stage: puts the windows of runs together and tells windows and verdicts.
final class RunProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    private static final Duration BEATING = Duration.ofSeconds(1);
    private static final long FORGETTING = Duration.ofDays(1).toMillis();

    private final Frames frames;
    private final AggregatorSettings settings;
    private final Metrics metrics;
    private final Pulse pulse;
    private final Backlog backlog;
    private final Map<String, Run> runs = new HashMap<>();
    /// Runs that are over, and when they were last heard of: what else comes of them is passed over.
    private final Map<String, Long> ended = new HashMap<>();
    private ProcessorContext<byte[], Outgoing> context;
    private LiveStore store;
    private Plans plans;
    private Listener listener;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    RunProcessor(Frames frames, AggregatorSettings settings, Metrics metrics, Pulse pulse, Backlog backlog) {
        this.frames = frames;
        this.settings = settings;
        this.metrics = metrics;
        this.pulse = pulse;
        this.backlog = backlog;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> processorContext) {
        context = processorContext;
        store = context.getStateStore(VerdictTopology.RUNS);
        ReadOnlyKeyValueStore<Bytes, byte[]> published = context.getStateStore(VerdictTopology.PLANS);
        plans = new Plans(published, frames, settings.planPatience());
        listener = new Listener(backlog, context.currentSystemTimeMs());
        store.load((key, in) -> {
            var run = run(key.substring(0, key.indexOf('\u0000')), true);
            run.ifPresentOrElse(each -> each.read(key, in), () -> store.drop(key));
        });
        for (var id : retire()) {
            metrics.release(id); // told before this process took it up
        }
        context.schedule(Listener.EVERY, PunctuationType.WALL_CLOCK_TIME, this::listen);
        context.schedule(BEATING, PunctuationType.WALL_CLOCK_TIME, this::beat);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var id = new String(record.key(), StandardCharsets.UTF_8);
        long now = context.currentSystemTimeMs();
        if (ended.replace(id, now) != null) {
            return;
        }
        switch (Relay.read(record.value())) {
            case Relay.Window(long start, var content) ->
                run(id, true).ifPresent(run -> run.window(start, content, now));
            case Relay.Report(var report) -> run(id, true).ifPresent(run -> run.report(report, now));
            case Relay.Fact(var bytes) -> {
                switch (frames.decode(Topic.LIFECYCLE, LifecycleEvent.class, bytes)) {
                    case Decoded.Good<LifecycleEvent>(var event) -> fact(id, event, now);
                    case Decoded.Poison<LifecycleEvent>(var reason) -> throw new IllegalStateException(reason);
                }
            }
            case Relay.Sample(var bytes) -> sample(id, bytes);
        }
        var run = runs.get(id);
        if (run != null && run.over()) {
            var _ = retire();
        }
    }

    /// Only the start of a run promises a plan; a fault on its own belongs to no run that could be judged, and our own
    /// beats are no run.
    private void fact(String id, LifecycleEvent event, long now) {
        if (event.event() instanceof LifecycleEvent.Heartbeat && !runs.containsKey(id)) {
            return;
        }
        boolean promised = event.event() instanceof LifecycleEvent.RunStarted;
        run(id, promised).ifPresent(run -> {
            run.fact(event, now);
            metrics.fact(event);
        });
    }

    /// A sample makes no run: it is sent because one has begun.
    private void sample(String id, byte[] bytes) {
        var run = runs.get(id);
        if (run != null) {
            switch (frames.decode(Topic.RESOURCES, ResourceSample.class, bytes)) {
                case Decoded.Good<ResourceSample>(var sample) -> run.sample(sample);
                case Decoded.Poison<ResourceSample>(var reason) -> throw new IllegalStateException(reason);
            }
        }
    }

    private Optional<Run> run(String id, boolean promised) {
        var known = runs.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        var run = (promised ? plans.await(id) : plans.find(id)).map(plan -> {
            metrics.plan(plan);
            return new Run(plan, store, new Results(id), context.currentSystemTimeMs());
        });
        run.ifPresent(each -> runs.put(id, each));
        return run;
    }

    private void listen(long now) {
        long pause = listener.pause(now);
        runs.values().forEach(run -> {
            run.excuse(pause);
            run.listen(now, settings.patience());
        });
        var _ = retire();
        ended.entrySet().removeIf(entry -> {
            boolean stale = now - entry.getValue() >= FORGETTING;
            if (stale) {
                store.drop(Run.header(entry.getKey()));
            }
            return stale;
        });
    }

    private void beat(long now) {
        runs.keySet().forEach(run -> pulse.beat(run, Instant.ofEpochMilli(now)));
    }

    /// Lets go of what runs that are over have held; returns those runs.
    private List<String> retire() {
        var over = runs.entrySet().stream()
                .filter(entry -> entry.getValue().over())
                .map(Map.Entry::getKey)
                .toList();
        for (var id : over) {
            runs.remove(id);
            plans.forget(id);
            ended.put(id, context.currentSystemTimeMs());
        }
        return over;
    }

    @Override
    public void close() {
        runs.keySet().forEach(metrics::release);
    }

    /// Publishes what runs tell, and shows it to Prometheus.
    private final class Results implements Run.Outlet {
        private final String run;

        Results(String run) {
            this.run = run;
        }

        @Override
        public void closed(RunWindow window, ClosedBy closedBy, long late) {
            metrics.window(run, window, closedBy, late);
        }

        @Override
        public void window(WindowSummary summary) {
            metrics.summary(summary);
            var key = summary.run() + "/" + summary.scenario() + "/" + summary.request();
            forward(
                    Outgoing.Address.WINDOWS,
                    key,
                    frames.encode(Topic.WINDOWS, WindowSummary.class, summary),
                    summary.start().plus(summary.length()).toEpochMilli());
        }

        @Override
        public void verdict(VerdictEvent verdict) {
            metrics.verdict(verdict);
            forward(
                    Outgoing.Address.VERDICTS,
                    verdict.run(),
                    frames.encode(Topic.VERDICTS, VerdictEvent.class, verdict),
                    verdict.at().toEpochMilli());
        }

        private void forward(Outgoing.Address to, String key, byte[] value, long timestamp) {
            var bytes = key.getBytes(StandardCharsets.UTF_8);
            context.forward(new Record<>(bytes, new Outgoing(to, bytes, value), Math.max(timestamp, 0)));
        }
    }
}
