package io.ordeal.generator.user;

import io.ordeal.schemas.load.Credentials;
import io.ordeal.schemas.load.CredentialsKind;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a generator's environment offers to plans. It shows nothing of it.
public final class Secrets {
    private final Function<String, Optional<String>> values;

    /// Offers `values`, by the names of environment variables.
    public Secrets(Function<String, Optional<String>> values) {
        this.values = values;
    }

    /// Offers nothing.
    public static Secrets none() {
        return new Secrets(_ -> Optional.empty());
    }

    /// Returns the value of `name`.
    public Optional<String> named(String name) {
        return values.apply(name);
    }

    /// Returns what is missing for `plan`; each problem names the variable, never a value.
    public List<String> problems(SegmentPlan plan) {
        return plan.scenarios().stream()
                .flatMap(Secrets::names)
                .distinct()
                .filter(name -> named(name).isEmpty())
                .map(name -> "the environment variable `" + name
                        + "` is not set where the generator runs, or not named in its ORDEAL_GENERATOR_SECRETS")
                .toList();
    }

    private static Stream<String> names(Scenario scenario) {
        var credentials = scenario.credentials().stream()
                .flatMap(given -> Stream.of(given.user(), given.secret()))
                .filter(name -> !name.isEmpty());
        var headers = scenario.steps().stream()
                .flatMap(step -> step.headers().values().stream())
                .flatMap(value -> Template.ofHeader(value).placeholders().stream())
                .flatMap(placeholder ->
                        placeholder instanceof Placeholder.Environment(var name) ? Stream.of(name) : Stream.empty());
        return Stream.concat(credentials, headers);
    }

    /// Returns the value of the `Authorization` header for `credentials`.
    ///
    /// @throws IllegalArgumentException when a variable is missing
    public String authorization(Credentials credentials) {
        var secret = needed(credentials.secret());
        if (credentials.kind() == CredentialsKind.BEARER) {
            return "Bearer " + secret;
        }
        var pair = needed(credentials.user()) + ":" + secret;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String needed(String name) {
        return named(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no environment variable `" + name + "`"));
    }
}
