package io.ordeal.campaign.read;

import io.ordeal.campaign.document.ScenarioSpec;
import io.ordeal.schemas.load.Cookies;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.ThinkKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads one scenario: `browse: {weight: 40, think: 1s..3s, steps: [{get: /items}]}`.
final class ScenarioReader {
    private static final Think NONE = new Think(ThinkKind.NONE, Duration.ZERO, Duration.ZERO);
    /// An exponential think time is cut at this multiple of its mean, so that no user thinks for ever.
    private static final int CUT = 10;
    private static final Duration LONGEST_PACE = Duration.ofHours(24);

    private final Duration timeout;
    private final Map<String, List<String>> feeders;
    private final Problems problems;

    /// @param timeout of steps that have none of their own
    /// @param feeders the fields of each feeder
    ScenarioReader(Duration timeout, Map<String, List<String>> feeders, Problems problems) {
        this.timeout = timeout;
        this.feeders = feeders;
        this.problems = problems;
    }

    Optional<ScenarioSpec> read(Yaml.Entry entry) {
        var name = Values.name(new Yaml.Scalar(entry.key(), true, entry.keyPlace()), problems);
        var what = "scenario `" + entry.key() + "`";
        return Fields.open(entry.value(), Keys.SCENARIO, what, problems).flatMap(fields -> {
            var weight = fields.optional("weight", Values::positive);
            var think = fields.optional("think", ScenarioReader::think);
            var steps = fields.required("steps", (value, found) -> Values.list(value, "`steps` of " + what, found));
            var rows = fields.optional("feeders", (value, _) -> feeders(value)).orElse(List.of());
            var scope = new Scope(
                    rows.stream()
                            .flatMap(feeder -> feeders.getOrDefault(feeder, List.of()).stream())
                            .collect(Collectors.toSet()),
                    problems);
            var reader = new StepReader(timeout, what, problems);
            var read = steps.map(items -> items.stream()
                    .flatMap(step -> reader.read(step, scope).stream())
                    .toList());
            var load = OwnLoadReader.read(fields, entry.key(), what, problems);
            var tags = fields.optional("tags", ScenarioReader::tags);
            var pace = fields.optional("pace", ScenarioReader::pace).orElse(Duration.ZERO);
            var cookies = fields.optional("cookies", ScenarioReader::cookies).orElse(Cookies.PER_ITERATION);
            var credentials = fields.optional("auth", CredentialsReader::read);
            return name.isEmpty() || read.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ScenarioSpec(
                            name.get(),
                            weight.orElse(1.0),
                            think.orElse(NONE),
                            read.get(),
                            load,
                            tags.orElse(Map.of()),
                            rows,
                            pace,
                            cookies,
                            credentials));
        });
    }

    /// Whether a scenario of the campaign has no load of its own, so that the phases drive it.
    static boolean mix(Yaml.Mapping campaign) {
        return !(campaign.entry("scenarios").map(Yaml.Entry::value).orElse(campaign) instanceof Yaml.Mapping scenarios)
                || scenarios.entries().stream()
                        .filter(entry -> !entry.key().startsWith("x-"))
                        .anyMatch(entry -> !(entry.value() instanceof Yaml.Mapping scenario)
                                || scenario.entry("load").isEmpty())
                || scenarios.entries().isEmpty();
    }

    private static Optional<Map<String, String>> tags(Yaml value, Problems problems) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return problems.refuse(new DocumentProblem(
                    Code.WRONG_KIND, "`tags` is a mapping like {tier: gold}, not " + value.kind(), value.place()));
        }
        var tags = new TreeMap<String, String>();
        for (var entry : mapping.entries()) {
            Values.scalar(entry.value(), "a text", problems).ifPresent(text -> tags.put(entry.key(), text.text()));
        }
        return Optional.of(tags);
    }

    private Optional<List<String>> feeders(Yaml value) {
        var items =
                value instanceof Yaml.Scalar ? Optional.of(List.of(value)) : Values.list(value, "`feeders`", problems);
        return items.map(names -> names.stream()
                .flatMap(name -> Values.scalar(name, "the name of a feeder", problems).stream())
                .filter(this::exists)
                .map(Yaml.Scalar::text)
                .distinct()
                .toList());
    }

    private boolean exists(Yaml.Scalar name) {
        if (feeders.containsKey(name.text())) {
            return true;
        }
        problems.add(new DocumentProblem(Code.UNKNOWN_NAME, "there is no feeder `" + name.text() + "`", name.place())
                .labelled(Words.nearest(name.text(), feeders.keySet())
                        .map(word -> "did you mean `" + word + "`?")
                        .orElse(""))
                .noting("feeders: " + Words.list(feeders.keySet())));
        return false;
    }

    /// Reads `600ms`, or iterations in a time: `100/min`.
    private static Optional<Duration> pace(Yaml value, Problems problems) {
        return Values.scalar(value, "`600ms` or `100/min`", problems).flatMap(scalar -> {
            var text = scalar.text();
            return (text.contains("/")
                            ? Values.rate(text, scalar.place(), problems)
                                    .map(rate -> Duration.ofNanos(rate > 0 ? Math.round(1e9 / rate) : 0))
                            : Values.duration(text, scalar.place(), problems))
                    .flatMap(pace -> pace.isPositive() && pace.compareTo(LONGEST_PACE) <= 0
                            ? Optional.of(pace)
                            : problems.refuse(new DocumentProblem(
                                    Code.OUT_OF_RANGE,
                                    scalar.kind() + " is no pace above 0 and up to 24h",
                                    scalar.place())));
        });
    }

    private static Optional<Cookies> cookies(Yaml value, Problems problems) {
        return Values.scalar(value, "`per-iteration`, `per-user` or `none`", problems)
                .flatMap(scalar -> switch (scalar.text()) {
                    case "none" -> Optional.of(Cookies.NONE);
                    case "per-iteration" -> Optional.of(Cookies.PER_ITERATION);
                    case "per-user" -> Optional.of(Cookies.PER_USER);
                    default ->
                        problems.refuse(Values.malformed(scalar, "is none of `per-iteration`, `per-user` and `none`"));
                });
    }

    static Optional<Think> think(Yaml value, Problems problems) {
        return Values.scalar(value, "`500ms`, `1s..3s` or `~1s`", problems).flatMap(scalar -> {
            var text = scalar.text().strip();
            int dots = text.indexOf("..");
            if (text.startsWith("~")) {
                return Values.duration(text.substring(1), scalar.place(), problems)
                        .map(mean -> new Think(ThinkKind.EXPONENTIAL, mean, mean.multipliedBy(CUT)));
            }
            if (dots >= 0) {
                var min = Values.duration(text.substring(0, dots), scalar.place(), problems);
                var max = Values.duration(text.substring(dots + 2), scalar.place(), problems);
                return min.flatMap(from -> max.flatMap(to -> uniform(scalar, from, to, problems)));
            }
            return Values.duration(text, scalar.place(), problems)
                    .map(time -> time.isZero() ? NONE : new Think(ThinkKind.CONSTANT, time, time));
        });
    }

    private static Optional<Think> uniform(Yaml.Scalar scalar, Duration from, Duration to, Problems problems) {
        return from.compareTo(to) <= 0
                ? Optional.of(new Think(ThinkKind.UNIFORM, from, to))
                : problems.refuse(new DocumentProblem(
                        Code.OUT_OF_RANGE, scalar.kind() + " begins after its end", scalar.place()));
    }
}
