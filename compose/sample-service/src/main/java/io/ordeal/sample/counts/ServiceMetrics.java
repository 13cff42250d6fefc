package io.ordeal.sample.counts;

import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.limits.CircuitBreaker;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The service's metrics in Prometheus form. The request counters are read from the exact counts, so both always
/// agree.
public final class ServiceMetrics {

    private static final double[] BUCKETS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.5, 1, 2, 3, 5, 10, 30
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final List<DistributionDataPoint> durations = new ArrayList<>();
    private final Gauge waiting = gauge("sample_queue_depth", "Requests that wait for a place.", "operation");
    private final Gauge inFlight = gauge("sample_requests_in_flight", "Requests not answered yet.", "operation");
    private final Gauge connections = gauge("sample_connections", "Open client connections.");
    private final Gauge webSockets = gauge("sample_websockets", "Open WebSockets.");
    private final Gauge lag =
            gauge("sample_event_loop_lag_seconds", "Greatest lag of the event loop since last asked.");
    private final Gauge documents = gauge("sample_documents", "Documents stored.");
    private final Gauge pending = gauge("sample_documents_pending", "Documents stored, not searchable yet.");
    private final Gauge breakerState = gauge("sample_breaker_state", "1 for the state the breaker is in.", "state");
    private final Counter breakerTurns = counter("sample_breaker_transitions_total", "Changes of state.", "to");
    private final Counter modelCalls = counter("sample_model_calls_total", "Calls to the model by result.", "result");
    private final Counter tokens = counter("sample_tokens_total", "Tokens generated.");
    private CircuitBreaker.State lastState = CircuitBreaker.State.CLOSED;

    /// Metrics over `counts`.
    public ServiceMetrics(RequestCounts counts) {
        registerCounts(counts);
        Histogram duration = Histogram.builder()
                .name("sample_request_duration_seconds")
                .help("From the request's head to its answer.")
                .labelNames("operation")
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(registry);
        for (Operation operation : Operation.values()) {
            durations.add(duration.labelValues(operation.label()));
        }
        ProcessMetrics.register(registry);
        show(lastState);
    }

    private void registerCounts(RequestCounts counts) {
        CounterWithCallback.builder()
                .name("sample_requests_received_total")
                .help("Requests received.")
                .labelNames("operation")
                .callback(callback -> {
                    for (Operation operation : Operation.values()) {
                        callback.call((double) counts.countReceived(operation), operation.label());
                    }
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("sample_requests_total")
                .help("Requests answered, by status.")
                .labelNames("operation", "status")
                .callback(callback -> {
                    for (Operation operation : Operation.values()) {
                        counts.forEachStatus(
                                operation,
                                (status, count) ->
                                        callback.call((double) count, operation.label(), Integer.toString(status)));
                    }
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("sample_requests_abandoned_total")
                .help("Requests whose client was gone before the answer.")
                .labelNames("operation")
                .callback(callback -> {
                    for (Operation operation : Operation.values()) {
                        callback.call((double) counts.countAbandoned(operation), operation.label());
                    }
                })
                .register(registry);
    }

    /// Notes how long a request took.
    public void took(Operation operation, long nanos) {
        durations.get(operation.ordinal()).observe(nanos / 1e9);
    }

    /// Notes generated tokens.
    public void generated(int count) {
        tokens.inc(count);
    }

    /// Notes how a call to the model ended: `ok`, `error`, `timeout` or `open`.
    public void modelCalled(String result) {
        modelCalls.labelValues(result).inc();
    }

    /// Notes the state of the breaker, and the change if it is one.
    public void breaker(CircuitBreaker.State state) {
        if (state != lastState) {
            lastState = state;
            breakerTurns.labelValues(label(state)).inc();
            show(state);
        }
    }

    private void show(CircuitBreaker.State state) {
        for (CircuitBreaker.State each : CircuitBreaker.State.values()) {
            breakerState.labelValues(label(each)).set(each == state ? 1 : 0);
        }
    }

    private static String label(CircuitBreaker.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Sets the gauges of one operation.
    public void load(Operation operation, int waits, int flies) {
        waiting.labelValues(operation.label()).set(waits);
        inFlight.labelValues(operation.label()).set(flies);
    }

    /// Sets the gauges of the sockets.
    public void sockets(int open, int upgraded) {
        connections.set(open);
        webSockets.set(upgraded);
    }

    /// Sets the gauge of the event loop's lag.
    public void eventLoopLag(long nanos) {
        lag.set(nanos / 1e9);
    }

    /// Sets the gauges of the document store.
    public void documents(int stored, int notIndexed) {
        documents.set(stored);
        pending.set(notIndexed);
    }

    /// Everything as Prometheus text. Any thread may ask; it takes milliseconds.
    public byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32_768);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /// The media type of [#text].
    public static String contentType() {
        return PrometheusTextFormatWriter.CONTENT_TYPE;
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }
}
