package io.ordeal.generator;

import io.ordeal.generator.drive.Watch;
import io.ordeal.generator.publish.TimingPublisher;
import io.ordeal.schemas.load.SegmentTick;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// What Prometheus reads from a generator.
final class GeneratorMetrics implements Watch {
    private static final double SECOND = 1e9;
    private static final double[] BUCKETS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5
    };

    private final ProcessCpu cpu = new ProcessCpu();
    private final GcPauses gc = new GcPauses();
    private final LongSupplier backlog;
    private final Histogram startDelay;
    private final Histogram eventLoopLag;

    /// Registers the metrics that belong to no run.
    ///
    /// @param backlog returns how many events wait to be published
    GeneratorMetrics(PrometheusRegistry registry, LongSupplier backlog) {
        this.backlog = backlog;
        startDelay = histogram(
                registry,
                "ordeal_generator_start_delay_seconds",
                "From the instant at which a request was due to the start of its attempt");
        eventLoopLag = histogram(
                registry, "ordeal_generator_event_loop_lag_seconds", "How late a timer of the event loop fires");
        gauge(registry, "ordeal_generator_cpu_cores", "Processor use of the process, in cores", cpu::cores);
        gauge(registry, "ordeal_generator_unpublished_events", "Events that wait for publication", this::backlog);
        counter(
                registry,
                "ordeal_generator_gc_pause_seconds_total",
                "For how long garbage collection has stopped the process",
                () -> gc.nanos() / SECOND);
    }

    /// Registers what the publisher and the segments of each run tell.
    void register(
            PrometheusRegistry registry, TimingPublisher publisher, Supplier<Map<String, List<SegmentTick>>> ticks) {
        perRun(registry, "ordeal_generator_users", "Users active now", ticks, SegmentTick::users);
        perRun(registry, "ordeal_generator_in_flight", "Requests in flight now", ticks, SegmentTick::inFlight);
        perRun(registry, "ordeal_generator_rate", "Requests per second asked for now", ticks, SegmentTick::rate);
        perRun(
                registry,
                "ordeal_generator_saturated_segments",
                "Segments that could not keep their schedule at their latest tick",
                ticks,
                tick -> tick.saturated().isEmpty() ? 0 : 1);
        counter(registry, "ordeal_generator_lost_events_total", "Events that could not be published", () ->
                (double) publisher.lost());
    }

    @Override
    public void startDelay(long nanos) {
        startDelay.observe(nanos / SECOND);
    }

    @Override
    public void eventLoopLag(long nanos) {
        eventLoopLag.observe(nanos / SECOND);
    }

    @Override
    public double cpu() {
        return cpu.cores();
    }

    @Override
    public long gc() {
        return gc.nanos();
    }

    @Override
    public long backlog() {
        return backlog.getAsLong();
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsDouble()))
                .register(registry);
    }

    private static void counter(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(counter -> counter.call(value.getAsDouble()))
                .register(registry);
    }

    private static Histogram histogram(PrometheusRegistry registry, String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(registry);
    }

    private static void perRun(
            PrometheusRegistry registry,
            String name,
            String help,
            Supplier<Map<String, List<SegmentTick>>> ticks,
            ToDoubleFunction<SegmentTick> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("run")
                .callback(gauge -> ticks.get()
                        .forEach((run, segments) ->
                                gauge.call(segments.stream().mapToDouble(value).sum(), run)))
                .register(registry);
    }
}
