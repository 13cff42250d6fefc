package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.Bound;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes a [Fault] of its parameters; what makes no sense goes to a list of reasons.
///
/// @param direction of what passes, for kinds that have one
/// @param fraction the part of connections or members
/// @param ramp time from nothing to full strength
record FaultValues(
        Parameters parameters,
        Target target,
        Direction direction,
        double fraction,
        Duration ramp,
        List<String> reasons) {
    /// Above a gigabit per second the pipe itself is no faster.
    private static final long HIGHEST_RATE = 125_000_000;

    private static final long LARGEST_PIECE = 8_000;
    private static final long MOST_BYTES = 64_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final int LOWEST_STATUS = 400;
    private static final int HIGHEST_STATUS = 599;

    Optional<? extends Fault> fault(FaultKind kind) {
        return switch (kind) {
            case LATENCY -> latency();
            case BANDWIDTH -> bandwidth();
            case LOSS ->
                parameters
                        .part("loss")
                        .flatMap(loss -> time("stall", SHORTEST)
                                .map(stall -> new TrafficFault.Loss(direction, loss, stall, fraction)));
            case PARTITION -> Optional.of(new TrafficFault.Partition(direction, fraction));
            case RESET -> Optional.of(new TrafficFault.Reset(fraction));
            case REFUSE -> Optional.of(new TrafficFault.Refuse(fraction));
            case DUPLICATE -> parameters.part("duplicate").map(TrafficFault.Duplicate::new);
            case REORDER ->
                parameters
                        .part("reorder")
                        .flatMap(part -> time("delay", SHORTEST).map(delay -> new TrafficFault.Reorder(part, delay)));
            case CORRUPT -> parameters.part("corrupt").map(TrafficFault.Corrupt::new);
            case TIMEOUT ->
                parameters.time("timeout").map(timeout -> new TrafficFault.Timeout(direction, timeout, fraction));
            case SLOW_CLOSE ->
                time("delay", SHORTEST).map(delay -> new TrafficFault.SlowClose(direction, delay, fraction));
            case SLICE -> slice();
            case LIMIT_DATA -> visible("bytes").map(bytes -> new TrafficFault.LimitData(direction, bytes, fraction));
            case HTTP_STATUS ->
                whole("status", LOWEST_STATUS, HIGHEST_STATUS)
                        .flatMap(status -> parameters
                                .part("share")
                                .map(share -> new TrafficFault.HttpStatus(status, share, fraction)));
            case HTTP_DELAY ->
                time("delay", SHORTEST)
                        .flatMap(delay -> parameters
                                .part("share")
                                .map(share -> new TrafficFault.HttpDelay(delay, share, fraction)));
            case HTTP_CUT ->
                visible("after")
                        .flatMap(after -> parameters
                                .part("share")
                                .map(share -> new TrafficFault.HttpCut(after, share, fraction)));
            case KILL -> Optional.of(new ProcessFault.Kill(fraction));
            case TERMINATE -> parameters.time("grace").map(grace -> new ProcessFault.Terminate(grace, fraction));
            case PAUSE -> Optional.of(new ProcessFault.Pause(fraction));
            case RESTART -> parameters.time("grace").map(grace -> new ProcessFault.Restart(grace, fraction));
            case CRASH -> crash();
            case OVERRUN -> time("grace", SHORTEST).map(grace -> new ProcessFault.Overrun(grace, fraction));
            case OOM -> Optional.of(new ProcessFault.OutOfMemory(fraction));
            case CPU -> cpu();
            case THROTTLE -> parameters.part("quota").map(ResourceFault.Throttle::new);
            case MEMORY -> parameters.part("fill").map(ResourceFault.Memory::new);
            case MEMORY_LIMIT -> parameters.bytes("limit").map(ResourceFault.MemoryLimit::new);
            case DISK_FILL -> parameters.part("fill").map(ResourceFault.DiskFill::new);
            case DISK_IO -> whole("workers", 1, Integer.MAX_VALUE).map(ResourceFault.DiskIo::new);
            case FILES -> parameters.whole("left").map(left -> new ResourceFault.Files(left, fraction));
            case THREADS -> parameters.whole("left").map(ResourceFault.Threads::new);
            case CONNECTIONS -> whole("count", 1, Integer.MAX_VALUE).map(ResourceFault.Connections::new);
            case GPU_MEMORY -> parameters.part("fill").map(ResourceFault.GpuMemory::new);
        };
    }

    private Optional<TrafficFault> latency() {
        var latency = parameters.time("latency");
        var jitter = parameters.time("jitter").orElse(Duration.ZERO);
        if (latency.isEmpty()) {
            return Optional.empty();
        }
        if (latency.get().plus(jitter).compareTo(SHORTEST) < 0) {
            reasons.add("latency and jitter together must be at least 1ms to be seen");
        }
        if (jitter.compareTo(latency.get()) > 0) {
            reasons.add("jitter must not exceed latency: nothing arrives before it was sent");
        }
        return Optional.of(new TrafficFault.Latency(direction, latency.get(), jitter, fraction, ramp));
    }

    private Optional<TrafficFault> bandwidth() {
        var rate = parameters.rate("rate");
        if (rate.filter(r -> r < 1 || r > HIGHEST_RATE).isPresent()) {
            reasons.add("rate must be from 1B/s to 125MB/s; to let nothing pass, use partition");
            return Optional.empty();
        }
        return rate.map(r -> new TrafficFault.Bandwidth(direction, r, fraction, ramp));
    }

    private Optional<TrafficFault> slice() {
        var size = parameters.bytes("size");
        var variation = parameters.bytes("variation");
        var delay = parameters.time("delay");
        if (size.isEmpty() || variation.isEmpty() || delay.isEmpty()) {
            return Optional.empty();
        }
        if (size.get() < 1 || variation.get() >= size.get()) {
            reasons.add("size must be at least 1B and variation smaller than it: a piece has at least one byte");
        }
        if (size.get() > LARGEST_PIECE) {
            reasons.add("size must be at most 8KB: larger pieces show on no connection");
        }
        return Optional.of(new TrafficFault.Slice(direction, size.get(), variation.get(), delay.get(), fraction));
    }

    private Optional<ProcessFault> crash() {
        var moment = parameters.name("moment");
        var known = target.facet(ProcessFacet.class).map(ProcessFacet::moments);
        if (moment.isPresent()
                && known.filter(moments -> !moments.containsKey(moment.get())).isPresent()) {
            reasons.add("unknown moment `" + moment.get() + "`; " + target.name() + " has "
                    + (known.get().isEmpty()
                            ? "none"
                            : String.join(", ", known.get().keySet())));
        }
        return moment.map(name -> new ProcessFault.Crash(name, fraction));
    }

    private Optional<ResourceFault> cpu() {
        double most = target.allow().limit(Bound.MAX_LOAD);
        var load = parameters.has("load") ? parameters.part("load") : Optional.of(most);
        int all = (int) target.allow().limit(Bound.MAX_CORES);
        var cores = parameters.has("cores") ? whole("cores", 1, Integer.MAX_VALUE) : Optional.of(all);
        return load.flatMap(part -> cores.map(count -> new ResourceFault.CpuLoad(part * 100, count)));
    }

    /// Returns bytes of which a probe can pass that many to see the effect.
    private Optional<Long> visible(String name) {
        var bytes = parameters.bytes(name);
        if (bytes.filter(b -> b > MOST_BYTES).isPresent()) {
            reasons.add(name + " must be at most 64MB: a probe passes as many to see the effect");
            return Optional.empty();
        }
        return bytes;
    }

    private Optional<Duration> time(String name, Duration least) {
        var time = parameters.time(name);
        if (time.filter(t -> t.compareTo(least) < 0).isPresent()) {
            reasons.add(name + " must be at least " + least.toMillis() + "ms");
            return Optional.empty();
        }
        return time;
    }

    private Optional<Integer> whole(String name, int least, int most) {
        var number = parameters.whole(name);
        if (number.filter(n -> n < least || n > most).isPresent()) {
            reasons.add(name + " must be at least " + least + (most == Integer.MAX_VALUE ? "" : " and at most " + most)
                    + ", not " + number.get());
            return Optional.empty();
        }
        return number;
    }
}
