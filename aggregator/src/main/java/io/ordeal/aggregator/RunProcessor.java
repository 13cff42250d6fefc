package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.window.Run;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final Duration LISTENING = Duration.ofMillis(250);
    private static final long FORGETTING = Duration.ofDays(1).toMillis();

    private final Frames frames;
    private final AggregatorSettings settings;
    private final Metrics metrics;
    private final Map<String, Run> runs = new HashMap<>();
    private ProcessorContext<byte[], Outgoing> context;
    private LiveStore store;
    private Plans plans;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    RunProcessor(Frames frames, AggregatorSettings settings, Metrics metrics) {
        this.frames = frames;
        this.settings = settings;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> processorContext) {
        context = processorContext;
        store = context.getStateStore(VerdictTopology.RUNS);
        ReadOnlyKeyValueStore<Bytes, byte[]> published = context.getStateStore(VerdictTopology.PLANS);
        plans = new Plans(published, frames, settings.planPatience());
        store.load((key, in) -> {
            var run = run(key.substring(0, key.indexOf('\u0000')), true);
            run.ifPresentOrElse(each -> each.read(key, in), () -> store.drop(key));
        });
        context.schedule(LISTENING, PunctuationType.WALL_CLOCK_TIME, this::listen);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var id = new String(record.key(), StandardCharsets.UTF_8);
        long now = context.currentSystemTimeMs();
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
        }
    }

    /// Only the start of a run promises a plan; a fault on its own belongs to no run that could be judged.
    private void fact(String id, LifecycleEvent event, long now) {
        boolean promised = event.event() instanceof LifecycleEvent.RunStarted;
        run(id, promised).ifPresent(run -> {
            run.fact(event, now);
            metrics.fact(event);
        });
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
        for (var entry : new ArrayList<>(runs.entrySet())) {
            entry.getValue().listen(now, settings.patience());
            if (entry.getValue().stale(now, FORGETTING)) {
                entry.getValue().forget();
                runs.remove(entry.getKey());
                plans.forget(entry.getKey());
            }
        }
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
