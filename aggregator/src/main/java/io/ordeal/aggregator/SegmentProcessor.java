package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.window.Segment;
import io.ordeal.aggregator.window.SegmentReport;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// The first stage: counts the timings of one partition by segment and window.
final class SegmentProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    private static final long FORGETTING = Duration.ofMinutes(10).toMillis();
    private static final long PLAUSIBLE = Duration.ofHours(1).toMillis();

    private final Frames frames;
    private final AggregatorSettings settings;
    private final Metrics metrics;
    private final Backlog backlog;
    private final Map<SegmentId, Seat> segments = new HashMap<>();
    private ProcessorContext<byte[], Outgoing> context;
    private LiveStore store;
    private Plans plans;
    private Listener listener;
    private long now;
    private @Nullable Seat last;

    /// Names a segment of a run.
    private record SegmentId(String run, int segment) {}

    /// A segment with its plan and its way out.
    private record Seat(SegmentId id, Plan plan, Segment segment, Segment.Outlet outlet) {}

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    SegmentProcessor(Frames frames, AggregatorSettings settings, Metrics metrics, Backlog backlog) {
        this.frames = frames;
        this.settings = settings;
        this.metrics = metrics;
        this.backlog = backlog;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> processorContext) {
        context = processorContext;
        store = context.getStateStore(VerdictTopology.SEGMENTS);
        ReadOnlyKeyValueStore<Bytes, byte[]> published = context.getStateStore(VerdictTopology.PLANS);
        plans = new Plans(published, frames, settings.planPatience());
        now = context.currentSystemTimeMs();
        listener = new Listener(backlog, now);
        store.load((key, in) -> {
            var words = key.split("\u0000", -1);
            var seat = seat(new SegmentId(words[0], Integer.parseInt(words[1])));
            if (seat.isEmpty()) {
                store.drop(key); // its plan is gone, and with it the run
            } else if (words.length == 2) {
                seat.get().segment().read(in);
            } else {
                seat.get().segment().readWindow(key, in);
            }
        });
        context.schedule(Listener.EVERY, PunctuationType.WALL_CLOCK_TIME, this::listen);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone says nothing
        }
        var decoded = frames.timing(record.value());
        if (decoded instanceof Decoded.Good<Timing> good) {
            accept(good.value(), record);
        } else if (decoded instanceof Decoded.Poison<Timing> poison) {
            Letters.send(context, record, poison.reason(), metrics);
        }
    }

    private void accept(Timing timing, Record<byte[], byte[]> record) {
        var seat = last;
        if (seat == null || seat.id.segment != timing.segment() || !seat.id.run.equals(timing.run())) {
            var id = new SegmentId(timing.run(), timing.segment());
            seat = seat(id).orElse(null);
            if (seat == null) {
                Letters.send(context, record, problem(id), metrics);
                return;
            }
            last = seat;
        }
        if (timing.event() instanceof RequestTiming request) { // a switch on types costs more than the counting
            if (known(seat, request, record.timestamp())) {
                seat.segment.request(timing.epoch(), request, now);
            } else {
                Letters.send(context, record, implausible(seat, request), metrics);
            }
        } else if (timing.event() instanceof SegmentTick tick) {
            tick(seat, timing.epoch(), tick, record);
        }
    }

    private void tick(Seat seat, int epoch, SegmentTick tick, Record<byte[], byte[]> record) {
        if (Math.abs(tick.at().toEpochMilli() - record.timestamp()) < PLAUSIBLE) {
            now = context.currentSystemTimeMs();
            backlog.read(record.timestamp(), now);
            seat.segment.tick(epoch, tick, seat.outlet, now);
        } else {
            Letters.send(context, record, "its time is far from the record's: " + tick.at(), metrics);
        }
    }

    private Optional<Seat> seat(SegmentId id) {
        var known = segments.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        if (!Segment.valid(id.run)) {
            return Optional.empty();
        }
        var seat = plans.await(id.run)
                .filter(plan -> id.segment >= 0 && id.segment < plan.source().segments())
                .map(plan -> new Seat(
                        id, plan, new Segment(id.run, id.segment, plan.window(), store, now), new Forwarding(id.run)));
        seat.ifPresent(each -> segments.put(id, each));
        return seat;
    }

    private String problem(SegmentId id) {
        return plans.find(id.run)
                .map(plan -> "segment " + id.segment + " of a run of "
                        + plan.source().segments())
                .orElse("no objectives were published for run `" + id.run + "`");
    }

    private static boolean known(Seat seat, RequestTiming request, long timestamp) {
        var plan = seat.plan.source();
        return request.phase() >= 0
                && request.phase() < plan.phases().size()
                && request.request() >= 0
                && request.request() < plan.requests().size()
                && Math.abs(request.ended() / 1000 - timestamp) < PLAUSIBLE;
    }

    private static String implausible(Seat seat, RequestTiming request) {
        var plan = seat.plan.source();
        if (request.phase() < 0 || request.phase() >= plan.phases().size()) {
            return "phase " + request.phase() + " of a run of " + plan.phases().size();
        }
        if (request.request() < 0 || request.request() >= plan.requests().size()) {
            return "request " + request.request() + " of a run of "
                    + plan.requests().size();
        }
        return "its end is far from the record's time: " + Micros.instant(request.ended());
    }

    private void listen(long wallClock) {
        now = wallClock;
        long pause = listener.pause(now);
        for (var seat : segments.values()) {
            seat.segment.excuse(pause);
            seat.segment.listen(now, settings.patience().silence().toMillis(), seat.outlet);
        }
        segments.values().removeIf(seat -> {
            boolean stale = seat.segment.stale(now, FORGETTING);
            if (stale) {
                store.dropped(seat.segment);
                plans.forget(seat.id.run);
                last = null;
            }
            return stale;
        });
    }

    /// Hands on what a segment tells.
    private final class Forwarding implements Segment.Outlet {
        private final String run;
        private long refused;

        Forwarding(String run) {
            this.run = run;
        }

        @Override
        public void window(int segment, long start, byte[] content) {
            forward(new Relay.Window(start, content).to(run), Math.max(start / 1000, 0));
        }

        @Override
        public void report(SegmentReport report) {
            forward(new Relay.Report(report).to(run), Math.max(report.watermark() / 1000, 0));
            metrics.refused(Math.max(report.account().refused() - refused, 0));
            refused = report.account().refused();
        }

        private void forward(Outgoing outgoing, long timestamp) {
            context.forward(new Record<>(outgoing.key(), outgoing, timestamp));
        }
    }
}
