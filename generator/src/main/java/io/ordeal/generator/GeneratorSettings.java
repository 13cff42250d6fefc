package io.ordeal.generator;

import io.ordeal.generator.run.Tolerance;
import io.ordeal.generator.user.Secrets;
import io.ordeal.runtime.Environment;
import io.ordeal.runtime.InvalidSettings;
import io.ordeal.schemas.objective.Quantity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// What a generator is told beyond what every service is.
///
/// @param eventLoops threads that drive segments; one per core unless told otherwise
/// @param queue most events that the broker may not have acknowledged yet; beyond it they are lost and counted
/// @param tolerance beyond which the generator counts as saturated
/// @param warmUp how long it drives load against itself when it starts, so that the first users meet compiled code;
/// 0: not at all
/// @param drain how long requests in flight may take to finish when it is closed
public record GeneratorSettings(int eventLoops, int queue, Tolerance tolerance, Duration warmUp, Duration drain) {
    private static final double FULL = 0.9;

    /// What holds when nothing is told.
    public static final GeneratorSettings DEFAULTS = read(Map.of());

    /// Reads the `ORDEAL_GENERATOR_` variables of `environment`.
    ///
    /// @throws InvalidSettings when any is wrong
    public static GeneratorSettings read(Map<String, String> environment) {
        var in = new Environment(environment);
        int cores = Runtime.getRuntime().availableProcessors();
        int queue = in.number("ORDEAL_GENERATOR_QUEUE", 1_000_000, 1000, 100_000_000);
        var latestStart = time(in, "ORDEAL_GENERATOR_LATEST_START", Duration.ofMillis(100));
        var settings = new GeneratorSettings(
                in.number("ORDEAL_GENERATOR_EVENT_LOOPS", cores, 1, 1024),
                queue,
                new Tolerance(
                        latestStart.toNanos(),
                        time(in, "ORDEAL_GENERATOR_LONGEST_LAG", latestStart).toNanos(),
                        time(in, "ORDEAL_GENERATOR_LONGEST_GC", latestStart).toNanos(),
                        (long) (FULL * queue),
                        cores),
                time(in, "ORDEAL_GENERATOR_WARM_UP", Duration.ofSeconds(2)),
                time(in, "ORDEAL_GENERATOR_DRAIN", Duration.ofSeconds(5)));
        in.validate();
        return settings;
    }

    /// Returns what plans may have of `environment`: the variables that `ORDEAL_GENERATOR_SECRETS` names, separated
    /// by commas; a `*` at the end of a name stands for whatever follows. Whoever can write plans could otherwise
    /// have any variable sent anywhere.
    public static Secrets secrets(Map<String, String> environment) {
        var in = new Environment(environment);
        var offered = Arrays.stream(in.text("ORDEAL_GENERATOR_SECRETS", "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new Secrets(
                name -> offered.stream().anyMatch(pattern -> offers(pattern, name)) ? in.text(name) : Optional.empty());
    }

    private static boolean offers(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static Duration time(Environment in, String name, Duration otherwise) {
        return in.text(name)
                .map(text -> Quantity.parse(text).flatMap(Quantity::duration).orElseGet(() -> {
                    in.reject(name, "`" + text + "` is no time; for instance 500ms");
                    return otherwise;
                }))
                .orElse(otherwise);
    }
}
