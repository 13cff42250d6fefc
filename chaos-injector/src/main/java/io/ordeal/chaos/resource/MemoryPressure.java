package io.ordeal.chaos.resource;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.process.HelperLoad;
import io.ordeal.chaos.process.HelperProgram;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A helper that holds a memory at a level and is the first to die when the kernel needs memory.
final class MemoryPressure implements HelperLoad {
    /// The part of the host's memory that stays available whatever is asked for, and its least size.
    private static final double RESERVE = 0.04;

    private static final long LEAST_RESERVE = 128L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double BYTES_PER_SECOND = 100e6;
    /// How far below the level it may stay: a step that is not taken, and what the kernel counts late.
    private static final long TOLERANCE = 4 << 20;

    private final MemoryGauge gauge;
    private final double fill;
    private final Duration limit;
    private final HelperPlace place;
    private final MemoryGauge host = new MemoryGauge.Host();
    private MemoryGauge.Use start;

    /// @param limit after which the helper ends by itself
    /// @throws InjectionFailed when it would take what the host must keep, or has nothing to take
    MemoryPressure(MemoryGauge gauge, double fill, Duration limit, HelperPlace place) throws InjectionFailed {
        this.gauge = gauge;
        this.fill = fill;
        this.limit = limit;
        this.place = place;
        this.start = use();
        before();
    }

    /// Returns the bytes of the host's memory that stay available.
    static long reserve() {
        return Math.max(LEAST_RESERVE, (long) (new MemoryGauge.Host().now().total() * RESERVE));
    }

    @Override
    public List<String> command() {
        var words = new ArrayList<>(gauge.words());
        words.add(String.valueOf(level()));
        words.add(String.valueOf(reserve()));
        words.add(String.valueOf(limit.toMillis()));
        return place.jvm(MemoryFiller.class, List.of(), words);
    }

    @Override
    public void before() throws InjectionFailed {
        start = use();
        long wanted = level() - start.used();
        if (wanted < MemoryFiller.PIECE) {
            throw new InjectionFailed(shown(start) + " of the memory is in use already; to fill it up to "
                    + Shown.percent(fill) + " nothing is left to do");
        }
        long spare = host.now().free() - reserve();
        if (wanted > spare) {
            throw new InjectionFailed(Shown.bytes(wanted) + " would be taken; the host can spare "
                    + Shown.bytes(Math.max(0, spare)) + " beside the " + Shown.bytes(reserve())
                    + " that stay available");
        }
    }

    @Override
    public Optional<Map<String, String>> shown(HelperProgram helper) throws InjectionFailed {
        var now = use();
        var held = helper.lastLine().filter(line -> line.startsWith(MemoryFiller.HELD));
        return held.filter(_ -> now.used() >= level() - tolerance())
                .map(line -> Map.of(
                        "memory_before",
                        shown(start),
                        "memory_during",
                        shown(now),
                        "memory_held",
                        Shown.bytes(Long.parseLong(line.substring(MemoryFiller.HELD.length())))));
    }

    @Override
    public String missing() {
        return "the memory does not come up to " + Shown.percent(fill) + " from " + shown(start);
    }

    @Override
    public Duration patience() {
        return PATIENCE.plusMillis((long) (1000 * (level() - start.used()) / BYTES_PER_SECOND));
    }

    @Override
    public Optional<Map<String, String>> after() {
        try {
            return Optional.of(Map.of("memory_after", shown(use())));
        } catch (InjectionFailed e) {
            return Optional.of(Map.of("memory_after", "unknown: " + e.reason())); // the group has gone, and all with it
        }
    }

    private long level() {
        return (long) (start.total() * fill);
    }

    /// A level a little above what is in use must not count as reached before anything was done.
    private long tolerance() {
        return Math.min(Math.max(TOLERANCE, start.total() / 200), (level() - start.used()) / 10);
    }

    private MemoryGauge.Use use() throws InjectionFailed {
        try {
            return gauge.now();
        } catch (UncheckedIOException e) {
            throw new InjectionFailed("the memory in use cannot be told", e);
        }
    }

    private static String shown(MemoryGauge.Use use) {
        return Shown.percent((double) use.used() / use.total()) + " of " + Shown.bytes(use.total());
    }
}
