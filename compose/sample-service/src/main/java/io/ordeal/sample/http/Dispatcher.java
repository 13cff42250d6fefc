package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Behaviour;
import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.behaviour.OperationBehaviour;
import io.ordeal.sample.counts.RequestCounts;
import io.ordeal.sample.counts.ServiceMetrics;
import io.ordeal.sample.limits.RateLimiter;
import io.ordeal.sample.limits.WaitingRoom;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The way of every request: counted, read, limited, queued, delayed, perhaps failed, served.
///
/// One event loop runs all of it. Each operation draws from a random stream of its own, so that its n-th request gets
/// the same latency and the same error whatever the other operations do.
final class Dispatcher implements Handler<HttpServerRequest>, Exchange.Observer {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("X-RateLimit-Limit");
    private static final CharSequence REMAINING = HttpHeaders.createOptimized("X-RateLimit-Remaining");
    private static final CharSequence RESET = HttpHeaders.createOptimized("X-RateLimit-Reset");
    private static final long FULL_RETRY_NANOS = 1_000_000_000L;

    /// All that is kept for one operation.
    private static final class Lane {
        final Endpoint endpoint;
        final WaitingRoom<Exchange> room;
        OperationBehaviour behaviour;
        SplittableRandom random;
        boolean calling;
        int inFlight;

        Lane(Endpoint endpoint, OperationBehaviour behaviour, SplittableRandom random) {
            this.endpoint = endpoint;
            this.behaviour = behaviour;
            this.random = random;
            this.room = new WaitingRoom<>(behaviour.concurrency(), behaviour.queue());
        }
    }

    private final Vertx vertx;
    private final RequestCounts counts;
    private final ServiceMetrics metrics;
    private final BodyReader bodies;
    private final List<Lane> lanes = new ArrayList<>();
    private long seed;
    private @Nullable RateLimiter limiter;

    Dispatcher(
            Vertx vertx,
            RequestCounts counts,
            ServiceMetrics metrics,
            BodyReader bodies,
            Map<Operation, Endpoint> endpoints,
            Behaviour behaviour) {
        this.vertx = vertx;
        this.counts = counts;
        this.metrics = metrics;
        this.bodies = bodies;
        this.seed = behaviour.seed();
        for (Operation operation : Operation.values()) {
            Endpoint endpoint = Optional.ofNullable(endpoints.get(operation)).orElseThrow();
            lanes.add(new Lane(endpoint, behaviour.of(operation), random(operation)));
        }
        limit(behaviour.rateLimit());
    }

    /// Puts another behaviour in force for all requests that are not being worked on yet.
    void adopt(Behaviour behaviour) {
        boolean reseeded = seed != behaviour.seed();
        seed = behaviour.seed();
        limit(behaviour.rateLimit());
        for (Operation operation : Operation.values()) {
            Lane lane = lane(operation);
            lane.behaviour = behaviour.of(operation);
            lane.room.resize(lane.behaviour.concurrency(), lane.behaviour.queue());
            lane.random = reseeded ? random(operation) : lane.random;
            callNext(lane);
        }
    }

    /// How many requests of an operation wait for a place.
    int waiting(Operation operation) {
        return lane(operation).room.waiting();
    }

    /// How many requests of an operation have come and not ended.
    int inFlight(Operation operation) {
        return lane(operation).inFlight;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Route route = Route.of(request.method(), request.path());
        Operation operation = route.operation();
        Exchange exchange = new Exchange(request, route, System.nanoTime(), this);
        counts.received(operation);
        lane(operation).inFlight++;
        if (operation == Operation.MEETINGS_SOCKET) {
            exchange.hold();
        }
        if (operation.hasBody()) {
            bodies.read(exchange, this::admit);
        } else {
            admit(exchange);
        }
    }

    private void admit(Exchange exchange) {
        Lane lane = lane(exchange.operation());
        if (exchange.operation().isHousekeeping()) {
            serve(lane, exchange);
            return;
        }
        if (!isWithinRate(exchange)) {
            exchange.error(429, "too many requests");
            return;
        }
        switch (lane.room.enter(exchange)) {
            case STARTED -> start(lane, exchange);
            case WAITING -> {}
            case REFUSED -> {
                exchange.retryAfter(FULL_RETRY_NANOS);
                exchange.error(503, "the queue is full");
            }
        }
    }

    private boolean isWithinRate(Exchange exchange) {
        RateLimiter active = limiter;
        if (active == null) {
            return true;
        }
        RateLimiter.Decision decision = active.decide(exchange.user(), System.nanoTime());
        exchange.header(LIMIT, Integer.toString(active.policy().perMinute()));
        exchange.header(REMAINING, Integer.toString(decision.remaining()));
        exchange.header(RESET, Long.toString(Math.ceilDiv(decision.resetNanos(), 1_000_000_000L)));
        if (!decision.allowed()) {
            exchange.retryAfter(decision.retryNanos());
        }
        return decision.allowed();
    }

    private void start(Lane lane, Exchange exchange) {
        OperationBehaviour behaviour = lane.behaviour;
        long nanos = behaviour.latency().sampleNanos(lane.random);
        exchange.place(behaviour.errorRate() > 0 && lane.random.nextDouble() < behaviour.errorRate());
        if (nanos <= 0) {
            perform(lane, exchange);
        } else {
            vertx.timer(nanos, TimeUnit.NANOSECONDS).onComplete(_ -> perform(lane, exchange));
        }
    }

    private void perform(Lane lane, Exchange exchange) {
        if (exchange.isGone()) {
            return;
        }
        if (exchange.isDoomed()) {
            exchange.error(lane.behaviour.errorStatus(), "this error was asked for");
        } else {
            serve(lane, exchange);
        }
    }

    private static void serve(Lane lane, Exchange exchange) {
        try {
            lane.endpoint.serve(exchange);
        } catch (RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "request failed: " + exchange.operation().label(),
                    failure);
            if (!exchange.isOver()) {
                exchange.error(500, "internal error");
            }
        }
    }

    @Override
    public void answering(Exchange exchange, int status) {
        counts.answered(exchange.operation(), status);
    }

    @Override
    public void ended(Exchange exchange, boolean abandoned) {
        Lane lane = lane(exchange.operation());
        lane.inFlight--;
        if (abandoned) {
            counts.abandoned(exchange.operation());
        } else {
            metrics.took(exchange.operation(), System.nanoTime() - exchange.startedNanos());
        }
        if (exchange.isPlaced()) {
            lane.room.leave();
            callNext(lane);
        }
    }

    /// Calls those who wait into free places. One who is served at once ends within this loop, which then goes on:
    /// not
    /// by recursion, or a long queue would overflow the stack.
    private void callNext(Lane lane) {
        if (lane.calling) {
            return;
        }
        lane.calling = true;
        try {
            for (Optional<Exchange> next = lane.room.next(); next.isPresent(); next = lane.room.next()) {
                start(lane, next.get());
            }
        } finally {
            lane.calling = false;
        }
    }

    private void limit(RateLimiter.Policy policy) {
        if (!policy.isOn()) {
            limiter = null;
        } else if (limiter == null || !limiter.policy().equals(policy)) {
            limiter = new RateLimiter(policy);
        }
    }

    private SplittableRandom random(Operation operation) {
        return new SplittableRandom(seed * 31 + operation.ordinal());
    }

    private Lane lane(Operation operation) {
        return lanes.get(operation.ordinal());
    }
}
