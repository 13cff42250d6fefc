package io.ordeal.aggregator;

import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.RevertCause;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.load.WindowLedger;
import io.ordeal.schemas.results.LoadStep;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.PlannedFault;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// A made-up run: everything that its generators, injector and runner would have published, from a seed.
final class Rehearsal {
    private static final long TICK = 250_000;

    private final Shape shape;
    private final Random random;
    private final List<List<Said>> segments = new ArrayList<>();
    private final List<LifecycleEvent> lifecycle = new ArrayList<>();

    /// What kind of run it is; times in microseconds after `start`.
    ///
    /// @param rate requests per second and segment
    /// @param faultAt when the fault begins to act; negative: no fault
    /// @param takeoverAt when the owner of segment 0 dies; negative: it lives
    /// @param troubles whether requests are dropped and generators saturate; events come out of order, late,
    /// twice, in repeated batches or not at all; clocks differ; segments move while their old owner still speaks;
    /// and the aggregator may have been silent
    record Shape(
            String run,
            long seed,
            long start,
            long window,
            int segments,
            int rate,
            long length,
            long faultAt,
            long faultLength,
            long takeoverAt,
            boolean troubles,
            List<String> objectives) {}

    /// A timing and when it was published, microseconds since the epoch.
    record Said(long at, Timing timing) {}

    Rehearsal(Shape shape) {
        this.shape = shape;
        this.random = new Random(shape.seed);
        for (int segment = 0; segment < shape.segments; segment++) {
            segments.add(segment(segment));
        }
        tellLifecycle();
    }

    RunObjectives objectives() {
        var specs = new ArrayList<ObjectiveSpec>();
        for (int i = 0; i < shape.objectives.size(); i++) {
            specs.add(new ObjectiveSpec("o" + i, shape.objectives.get(i)));
        }
        long warmUp = shape.length / 5;
        return new RunObjectives(
                shape.run,
                "rehearsal",
                micros(shape.window),
                shape.segments,
                List.of(
                        new PhaseInfo("warm-up", false, Duration.ZERO, micros(warmUp)),
                        new PhaseInfo("steady", true, micros(warmUp), micros(shape.length - warmUp), steps(warmUp))),
                List.of(new RequestInfo("browse", "items"), new RequestInfo("buy", "order", Map.of("tier", "gold"))),
                specs,
                shape.faultAt < 0
                        ? List.of()
                        : List.of(new PlannedFault(
                                "f1", "latency", "api", micros(shape.faultAt), micros(shape.faultLength))));
    }

    private List<LoadStep> steps(long warmUp) {
        var half = micros((shape.length - warmUp) / 2);
        return List.of(new LoadStep(Duration.ZERO, half, 10, "users"), new LoadStep(half, half, 20, "users"));
    }

    /// Returns the timings of each segment, in order.
    List<List<Said>> segments() {
        return segments;
    }

    /// Returns all timings; those of a segment in order.
    List<Timing> timings() {
        return segments.stream().flatMap(List::stream).map(Said::timing).toList();
    }

    /// Returns what the lifecycle topic says, in order.
    List<LifecycleEvent> lifecycle() {
        return lifecycle;
    }

    private void tellLifecycle() {
        long warmUp = shape.length / 5;
        happened(-10_000, new LifecycleEvent.RunStarted("rehearsal", shape.seed, "00"));
        happened(0, new LifecycleEvent.PhaseStarted("warm-up", 0));
        happened(warmUp, new LifecycleEvent.PhaseEnded("warm-up", 0));
        happened(warmUp, new LifecycleEvent.PhaseStarted("steady", 1));
        if (shape.faultAt >= 0) {
            long end = shape.faultAt + shape.faultLength;
            var acted = instant(shape.start + shape.faultAt);
            happened(shape.faultAt - 1, new LifecycleEvent.FaultAccepted("f1", "c", "latency", "api", micros(1)));
            happened(shape.faultAt, new LifecycleEvent.FaultApplied("f1", "latency", "api", acted, Map.of()));
            happened(end, new LifecycleEvent.FaultReverted("f1", "latency", "api", RevertCause.ELAPSED, Map.of()));
        }
        happened(shape.length, new LifecycleEvent.PhaseEnded("steady", 1));
        long over = segments.stream().mapToLong(all -> all.getLast().at).max().orElse(0) - shape.start + 50_000;
        happened(over, new LifecycleEvent.RunFinished(FinishReason.COMPLETED, ""));
        beats(over);
        lifecycle.sort(Comparator.comparing(LifecycleEvent::at));
    }

    /// Once a second, and twice after the end.
    private void beats(long over) {
        boolean silent = shape.troubles && random.nextInt(3) == 0;
        for (long at = 0; at < over + 2_000_000; at += 1_000_000) {
            if (!silent || at < shape.faultAt || at > shape.faultAt + 4_500_000 + random.nextInt(2_000_000)) {
                happened(at, new LifecycleEvent.Heartbeat("aggregator", List.of()));
            }
        }
    }

    private void happened(long after, LifecycleEvent.Event event) {
        lifecycle.add(new LifecycleEvent(shape.run, instant(shape.start + after), "rehearsal", event));
    }

    /// One request as the generator drives it; instants since the epoch.
    private record Drive(long scheduled, long sent, long ended, int phase, int request, Outcome outcome, boolean drop) {
        /// As a clock that differs by so much sees it.
        Drive skewed(long by) {
            return new Drive(scheduled + by, sent + by, ended + by, phase, request, outcome, drop);
        }
    }

    private List<Said> segment(int segment) {
        var drives = new ArrayList<Drive>();
        long step = 1_000_000L / shape.rate;
        for (long at = segment * step / shape.segments; at < shape.length; at += step) {
            drives.add(drive(at));
        }
        boolean dies = segment == 0 && shape.takeoverAt >= 0;
        boolean moves = segment > 0 && shape.troubles && random.nextBoolean();
        if (!dies && !moves) {
            return new Owner(segment, 1, drives, 0, Long.MAX_VALUE).said();
        }
        long leavesAt = shape.start + (dies ? shape.takeoverAt : random.nextLong(shape.length));
        long takesAt = leavesAt + (dies ? 2_000_000 : random.nextInt(200_000));
        long lastWord = leavesAt + (dies ? 0 : random.nextInt(900_000));
        var before = drives.stream().filter(each -> each.scheduled < leavesAt).toList();
        var rest = drives.stream().filter(each -> each.scheduled >= takesAt).toList();
        var said = new ArrayList<>(new Owner(segment, 1, before, 0, lastWord).said());
        said.addAll(new Owner(segment, 2, rest, drives.size() - rest.size(), Long.MAX_VALUE).said());
        said.sort(Comparator.comparingLong(Said::at));
        return said;
    }

    private Drive drive(long at) {
        boolean faulty = shape.faultAt >= 0 && at >= shape.faultAt && at < shape.faultAt + shape.faultLength;
        long delay = 50L + random.nextInt(400);
        long service = (long) (2_000 + 3_000 * -Math.log(1 - random.nextDouble())) + (faulty ? 400_000 : 0);
        boolean bad = random.nextInt(500) == 0;
        long scheduled = shape.start + at;
        return new Drive(
                scheduled,
                scheduled + delay,
                scheduled + delay + service,
                at < shape.length / 5 ? 0 : 1,
                random.nextInt(3) == 0 ? 1 : 0,
                bad ? Outcome.HTTP_ERROR : Outcome.OK,
                shape.troubles && random.nextInt(300) == 0);
    }

    /// A generator that drives a segment until it dies, by a clock of its own.
    private final class Owner {
        private final int segment;
        private final int epoch;
        private final List<Drive> drives;
        private final long skipped;
        private final long diesAt;
        private final long skew;
        private final List<Said> said = new ArrayList<>();
        private long sequence;

        /// @param diesAt by the true clock
        Owner(int segment, int epoch, List<Drive> drives, long skipped, long diesAt) {
            this.segment = segment;
            this.epoch = epoch;
            // No clock of segment 0 runs ahead: windows do not close before what happened in them is known.
            this.skew = !shape.troubles ? 0 : random.nextInt(300_000) - (segment == 0 ? 300_000 : 150_000);
            this.drives = drives.stream().map(each -> each.skewed(skew)).toList();
            this.skipped = skipped;
            this.diesAt = diesAt == Long.MAX_VALUE ? diesAt : diesAt + skew;
        }

        /// An event, and when it is published.
        private record Event(long at, Drive drive) {}

        List<Said> said() {
            var events = drives.stream()
                    .filter(each -> !each.drop && each.ended < diesAt)
                    .map(each -> new Event(each.ended + hesitation(), each))
                    .sorted(Comparator.comparingLong(Event::at))
                    .toList();
            long last = drives.stream()
                    .filter(each -> !each.drop)
                    .mapToLong(Drive::ended)
                    .max()
                    .orElse(shape.start);
            var before = new TreeMap<Long, WindowLedger>();
            int next = 0;
            long first = shape.start + segment * 17_000L + (epoch - 1) * 100_000L;
            for (long at = first; ; at += TICK) {
                boolean finished = at > last && at >= shape.start + shape.length;
                while (next < events.size() && (finished || events.get(next).at < at) && events.get(next).at < diesAt) {
                    tell(events.get(next).drive, Math.min(events.get(next++).at, at));
                }
                if (at >= diesAt) {
                    return said;
                }
                var ledgers = ledgers(drives, at);
                var changed = ledgers.values().stream()
                        .filter(each -> !each.equals(before.get(key(each))))
                        .toList();
                before.putAll(ledgers);
                var tick = tick(epoch, drives, at, skipped, finished, changed);
                said.add(new Said(at - skew, new Timing(shape.run, segment, epoch, tick)));
                if (finished) {
                    return said;
                }
                repeat();
            }
        }

        /// Most events are published at once, some out of order, a few so late that their windows are over.
        private long hesitation() {
            return !shape.troubles || random.nextInt(4) > 0
                    ? 0
                    : random.nextInt(100) == 0 ? random.nextInt(1_500_000) : random.nextInt(20_000);
        }

        private void tell(Drive drive, long at) {
            var timing = new Timing(
                    shape.run,
                    segment,
                    epoch,
                    new RequestTiming(
                            sequence,
                            sequence,
                            drive.phase,
                            drive.request,
                            1,
                            0,
                            drive.ended,
                            drive.ended - drive.scheduled,
                            drive.sent - drive.scheduled,
                            0,
                            0,
                            0,
                            1_000,
                            drive.outcome,
                            drive.outcome == Outcome.OK ? 200 : 500,
                            10,
                            1_000,
                            measures(drive)));
            sequence++;
            boolean missing = shape.troubles && random.nextInt(2_000) == 0;
            if (!missing) {
                said.add(new Said(at - skew, timing));
            }
            if (shape.troubles && random.nextInt(200) == 0) {
                said.add(new Said(at - skew, timing));
            }
        }

        /// A producer that has not seen the answer sends its last batch again.
        private void repeat() {
            if (shape.troubles && random.nextInt(10) == 0) {
                long at = said.getLast().at;
                var batch = said.subList(Math.max(0, said.size() - random.nextInt(30)), said.size());
                said.addAll(
                        batch.stream().map(each -> new Said(at, each.timing)).toList());
            }
        }
    }

    /// Not every request measures something, and some measure nonsense.
    private static Optional<Map<String, Double>> measures(Drive drive) {
        if (drive.ended % 3 == 0) {
            return Optional.empty();
        }
        double tokens = drive.ended % 101 == 0 ? Double.NaN : drive.ended % 977 / 10.0;
        return Optional.of(Map.of("tokens", tokens, "depth", -(drive.ended % 7) / 3.0));
    }

    private SegmentTick tick(
            int epoch, List<Drive> drives, long at, long skipped, boolean finished, List<WindowLedger> changed) {
        long scheduled = drives.stream().filter(each -> each.scheduled < at).count();
        long dropped =
                drives.stream().filter(each -> each.drop && each.scheduled < at).count();
        long sent = drives.stream().filter(each -> !each.drop && each.sent < at).count();
        long completed =
                drives.stream().filter(each -> !each.drop && each.ended < at).count();
        long oldest = drives.stream()
                .filter(each -> !each.drop && each.sent < at && each.ended >= at)
                .mapToLong(each -> at - each.sent)
                .max()
                .orElse(0);
        return new SegmentTick(
                instant(at),
                "generator-" + epoch,
                at < shape.start + shape.length / 5 ? 0 : 1,
                skipped,
                scheduled,
                dropped,
                finished ? completed : sent,
                completed,
                completed,
                0,
                (int) (sent - completed),
                oldest,
                500,
                200 + random.nextInt(800),
                0.5,
                shape.rate,
                10,
                shape.troubles && random.nextInt(60) == 0 ? "the processor was busy" : "",
                finished,
                changed,
                0,
                0,
                scheduled);
    }

    private Map<Long, WindowLedger> ledgers(List<Drive> drives, long at) {
        var ledgers = new TreeMap<Long, WindowLedger>();
        for (var drive : drives) {
            if (drive.scheduled < at) {
                add(ledgers, drive.scheduled, 1, drive.drop ? 1 : 0, 0, 0);
            }
            if (!drive.drop && drive.sent < at) {
                add(ledgers, drive.sent, 0, 0, 1, 0);
            }
            if (!drive.drop && drive.ended < at) {
                add(ledgers, drive.ended, 0, 0, 0, 1);
            }
        }
        return ledgers;
    }

    private void add(Map<Long, WindowLedger> ledgers, long at, int scheduled, int dropped, int sent, int completed) {
        long start = at / shape.window * shape.window;
        ledgers.merge(
                start,
                new WindowLedger(instant(start), scheduled, dropped, sent, completed),
                (a, b) -> new WindowLedger(
                        a.start(),
                        a.scheduled() + b.scheduled(),
                        a.dropped() + b.dropped(),
                        a.sent() + b.sent(),
                        a.completed() + b.completed()));
    }

    private static long key(WindowLedger ledger) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, ledger.start());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
