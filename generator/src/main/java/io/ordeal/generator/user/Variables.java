package io.ordeal.generator.user;

import io.ordeal.generator.schedule.Seed;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/// The variables of one user's iteration. Not thread-safe.
public final class Variables {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /// Choices of templates come after those of the mix and of think times, which are numbered by steps.
    private static final int FIRST_DRAW = 1 << 20;

    private final Seed seed;
    private final String run;
    private final int user;
    private final LongSupplier clock;
    private final Map<String, String> values = new HashMap<>();
    private long drawer;
    private long iteration;
    private int draws;

    /// Has no variables yet.
    ///
    /// @param user the user's number in the whole run
    /// @param clock nanoseconds since 1970
    public Variables(Seed seed, String run, int user, LongSupplier clock) {
        this.seed = seed;
        this.run = run;
        this.user = user;
        this.clock = clock;
    }

    /// Returns no variables, for templates that need none.
    public static Variables none() {
        return new Variables(new Seed(0), "", 0, () -> 0);
    }

    /// Forgets the iteration before; `who` and `index` decide the random choices of this one.
    public void begin(long who, long index) {
        values.clear();
        drawer = who;
        iteration = index;
        draws = 0;
    }

    /// Gives variable `name` a value.
    public void set(String name, String value) {
        values.put(name, value);
    }

    /// Gives variables their values.
    public void set(Map<String, String> found) {
        values.putAll(found);
    }

    /// Returns what `placeholder` stands for.
    ///
    /// @throws IllegalStateException when there is no such variable; whoever checks plans sees to it that there is
    String value(Placeholder placeholder) {
        return switch (placeholder) {
            case Placeholder.Variable(var name) -> variable(name);
            case Placeholder.Iteration _ -> Long.toString(iteration);
            case Placeholder.User _ -> Integer.toString(user);
            case Placeholder.Run _ -> run;
            case Placeholder.RandomUuid _ -> uuid();
            case Placeholder.RandomInt(var from, var to) ->
                Long.toString(from + (long) (seed.draw(drawer, iteration, FIRST_DRAW + draws++) * (to - from + 1)));
            case Placeholder.Now _ -> INSTANT.format(Instant.ofEpochSecond(0, clock.getAsLong()));
            case Placeholder.NowMillis _ -> Long.toString(clock.getAsLong() / 1_000_000);
            case Placeholder.Environment(var name) ->
                throw new IllegalStateException("the environment variable " + name + " was not filled in");
        };
    }

    private String variable(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("there is no variable " + name);
        }
        return value;
    }

    /// A version 4 UUID.
    private String uuid() {
        long high = seed.bits(drawer, iteration, FIRST_DRAW + draws++);
        long low = seed.bits(drawer, iteration, FIRST_DRAW + draws++);
        return new UUID((high & ~0xF000L) | 0x4000L, (low >>> 2) | 0x8000000000000000L).toString();
    }
}
