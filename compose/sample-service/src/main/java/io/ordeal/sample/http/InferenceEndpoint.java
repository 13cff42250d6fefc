package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.InferencePace;
import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.counts.ServiceMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Generates tokens at a steady pace and answers with all of them, or with each as it comes (server-sent events). The
/// operation's places are its workers, its latency is the time to the first token.
final class InferenceEndpoint {

    private static final CharSequence EVENTS = HttpHeaders.createOptimized("text/event-stream");
    private static final String[] WORDS = {
        "load", "tells", "what", "a", "service", "can", "bear", "and", "faults", "tell", "how", "it", "recovers"
    };

    private final Vertx vertx;
    private final LiveBehaviour behaviour;
    private final ServiceMetrics metrics;
    private long answers;

    InferenceEndpoint(Vertx vertx, LiveBehaviour behaviour, ServiceMetrics metrics) {
        this.vertx = vertx;
        this.behaviour = behaviour;
        this.metrics = metrics;
    }

    void addTo(Map<Operation, Endpoint> endpoints) {
        endpoints.put(Operation.INFERENCE, this::serve);
    }

    private void serve(Exchange exchange) {
        exchange.json().ifPresent(json -> {
            InferencePace pace = behaviour.now().inference();
            Object tokens = json.getValue("tokens", pace.tokens());
            Object stream = json.getValue("stream", false);
            if (!(tokens instanceof Integer count) || count < 1 || count > InferencePace.MOST_TOKENS) {
                exchange.error(400, "tokens: give a whole number from 1 to " + InferencePace.MOST_TOKENS);
            } else if (!(stream instanceof Boolean streamed)) {
                exchange.error(400, "stream: give true or false");
            } else {
                double nanosPerToken = 1e9 / pace.tokensPerSecond();
                if (streamed) {
                    new Stream(exchange, count, nanosPerToken).proceed();
                } else {
                    whole(exchange, count, nanosPerToken);
                }
            }
        });
    }

    private void whole(Exchange exchange, int count, double nanosPerToken) {
        long started = System.nanoTime();
        after((long) (count * nanosPerToken), () -> {
            if (exchange.isGone()) {
                return;
            }
            StringBuilder text = new StringBuilder();
            for (int index = 0; index < count; index++) {
                text.append(index == 0 ? "" : " ").append(WORDS[index % WORDS.length]);
            }
            metrics.generated(count);
            double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
            exchange.answer(
                    200,
                    new JsonObject()
                            .put("id", "i" + ++answers)
                            .put("text", text.toString())
                            .put("tokens", count)
                            .put("tokensPerSecond", count / seconds));
        });
    }

    private void after(long nanos, Runnable work) {
        if (nanos <= 0) {
            work.run();
        } else {
            vertx.timer(nanos, TimeUnit.NANOSECONDS).onComplete(_ -> work.run());
        }
    }

    /// A streamed answer. Token n is due at the start plus n intervals, whatever the one before did: a late event
    /// loop
    /// catches up by sending several at once, so that the pace holds under load.
    private final class Stream {

        private final Exchange exchange;
        private final HttpServerResponse response;
        private final int count;
        private final double nanosPerToken;
        private final long startedNanos = System.nanoTime();
        private int sent;

        Stream(Exchange exchange, int count, double nanosPerToken) {
            this.exchange = exchange;
            this.count = count;
            this.nanosPerToken = nanosPerToken;
            this.response = exchange.stream(EVENTS);
            response.headers().set(HttpHeaders.CACHE_CONTROL, HttpHeaders.createOptimized("no-store"));
        }

        void proceed() {
            if (exchange.isGone()) {
                return;
            }
            Buffer due = Buffer.buffer();
            int target = (int) Math.min(count, (System.nanoTime() - startedNanos) / nanosPerToken);
            for (; sent < target; sent++) {
                due.appendString("data: {\"index\":" + sent + ",\"token\":\"" + WORDS[sent % WORDS.length] + "\"}\n\n");
            }
            if (sent == count) {
                metrics.generated(count);
                exchange.finish(due.appendString("data: [DONE]\n\n"));
                return;
            }
            if (due.length() > 0) {
                var _ = response.write(due);
            }
            if (response.writeQueueFull()) {
                response.drainHandler(_ -> proceed());
            } else {
                long next = startedNanos + (long) ((sent + 1) * nanosPerToken);
                after(Math.max(1, next - System.nanoTime()), this::proceed);
            }
        }
    }
}
