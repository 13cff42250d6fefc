package io.ordeal.campaign.read;

import io.ordeal.campaign.document.Campaign;
import io.ordeal.campaign.document.ObjectiveEntry;
import io.ordeal.campaign.document.Phase;
import io.ordeal.campaign.document.ScenarioSpec;
import io.ordeal.campaign.document.Settings;
import io.ordeal.campaign.document.Target;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.load.Feeder;
import io.ordeal.schemas.load.FeederOrder;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads campaign documents. Pure: the same text is the same campaign, or the same problems.
public final class CampaignReader {
    private static final Duration LONGEST_GRACE = Duration.ofHours(1);
    private static final long MOST_DATA = 8 << 20;
    private static final long MOST_REQUESTS = 2_000;

    private final String label;
    private final Problems problems = new Problems();
    private final DataFiles files;

    private CampaignReader(String label, DataFiles files) {
        this.label = label;
        this.files = files;
    }

    /// Reads a document that has no files beside it.
    ///
    /// @param label how messages name it, usually its path
    /// @param overrides `path=value`, in order; see [Overrides]
    public static Reading read(String label, String text, List<String> overrides) {
        return read(label, text, overrides, DataFiles.none());
    }

    /// Reads a document.
    ///
    /// @param label how messages name it, usually its path
    /// @param overrides `path=value`, in order; see [Overrides]
    /// @param files where its data is
    public static Reading read(String label, String text, List<String> overrides, DataFiles files) {
        return new CampaignReader(label, files).document(Source.of(label, text), overrides);
    }

    private Reading document(Source source, List<String> overrides) {
        var tree = YamlTree.read(source, problems)
                .map(root -> Overrides.apply(root, overrides, problems))
                .map(root -> FaultUses.spelledOut(root, problems))
                .map(root -> new OpenSloUses(files, problems).spelledOut(root));
        var campaign = tree.flatMap(root -> Fields.open(root, Keys.CAMPAIGN, Keys.CAMPAIGN.what(), problems))
                .flatMap(this::campaign);
        return campaign.isPresent() && problems.none()
                ? new Reading.Accepted(campaign.get(), new Places(tree.orElseThrow()))
                : new Reading.Refused(problems.sorted());
    }

    private Optional<Campaign> campaign(Fields fields) {
        var names = Names.of(fields.mapping(), problems);
        var name = fields.required("name", Values::name);
        var description = fields.optional("description", Values::text);
        var target = fields.required("target", CampaignReader::target);
        var settings = settings(fields);
        var timeout = fields.optional("timeout", StepReader.timeout()).orElse(Settings.DEFAULT_TIMEOUT);
        var feeders = fields.optional("feeders", (value, _) -> new FeederReader(files, problems).read(value))
                .orElse(List.of());
        refuseTooMuch(fields, feeders, settings);
        var fed = fields(fields, feeders);
        var scenarios = fields.required("scenarios", (value, _) -> scenarios(value, timeout, fed));
        refuseTooManyRequests(fields, names);
        var objectiveReader = new ObjectiveReader(names, problems);
        var guardReader = new GuardReader(objectiveReader, problems);
        var phaseReader = new PhaseReader(problems);
        boolean mix = ScenarioReader.mix(fields.mapping());
        var phases = list(fields, "phases", true, phase -> phaseReader.phase(phase, mix, guardReader));
        var faultReader = new FaultReader(names, problems);
        var faults = list(fields, "faults", false, faultReader::read);
        var objectives = list(fields, "objectives", true, objectiveReader::objective);
        var guards = list(fields, "guards", false, guardReader::guard);
        refuseTwins(fields, objectives);
        refuseUnjudged(fields, phases);
        refuseTwoConditions(fields);
        return name.flatMap(given -> target.flatMap(service -> scenarios.map(users -> new Campaign(
                given,
                description.orElse("").strip(),
                service,
                users,
                phases,
                faults,
                objectives,
                guards,
                settings,
                feeders))));
    }

    private static Optional<Target> target(Yaml value, Problems problems) {
        return Values.scalar(value, "`sample-service`, an injector's target or an address", problems)
                .flatMap(scalar -> {
                    if (scalar.text().equals(Target.SAMPLE_SERVICE)) {
                        return Optional.of(new Target.SampleService());
                    }
                    return scalar.text().contains("://")
                            ? address(scalar, problems)
                            : Values.name(scalar, problems).map(Target.Injected::new);
                });
    }

    private static Optional<Target> address(Yaml.Scalar scalar, Problems problems) {
        try {
            var address = new URI(scalar.text());
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            boolean bare = address.getRawQuery() == null && address.getRawFragment() == null;
            var user = address.getRawUserInfo();
            if (web && bare && address.getHost() != null && user == null) {
                return Optional.of(new Target.Address(address));
            }
            return problems.refuse(Values.malformed(scalar, "is no address of a service; write `http://host:port`"));
        } catch (URISyntaxException e) {
            return problems.refuse(Values.malformed(scalar, "is no address: " + e.getReason()));
        }
    }

    private Settings settings(Fields fields) {
        var connectTimeout =
                fields.optional("connect-timeout", StepReader.timeout()).orElse(Settings.DEFAULT_CONNECT_TIMEOUT);
        return new Settings(
                fields.optional("seed", Values.whole(0, Integer.MAX_VALUE)).orElse(Settings.DEFAULT_SEED),
                fields.optional("window", Values.duration(Duration.ofMillis(250), Duration.ofMinutes(1)))
                        .orElse(Settings.DEFAULT_WINDOW),
                fields.optional("segments", Values.whole(1, 1024))
                        .map(Math::toIntExact)
                        .orElse(Settings.DEFAULT_SEGMENTS),
                new ConnectionsReader(label, connectTimeout, problems).read(fields),
                fields.optional("graceful-stop", CampaignReader::grace).orElse(Duration.ZERO));
    }

    /// Reads how long iterations may go on; zero is a time, too.
    private static Optional<Duration> grace(Yaml value, Problems problems) {
        return Values.scalar(value, "a time, for instance `30s`", problems)
                .flatMap(scalar -> Values.duration(scalar, problems))
                .filter(time -> time.compareTo(LONGEST_GRACE) <= 0
                        || problems.refuse(new DocumentProblem(
                                        Code.OUT_OF_RANGE, value.kind() + " is more than 1h", value.place()))
                                .isPresent());
    }

    /// Returns the fields of each feeder; of one that could not be read, none.
    private static Map<String, List<String>> fields(Fields fields, List<Feeder> feeders) {
        var names = new LinkedHashMap<String, List<String>>();
        fields.entry("feeders").map(Yaml.Entry::value).ifPresent(value -> {
            if (value instanceof Yaml.Mapping mapping) {
                mapping.entries().forEach(entry -> names.put(entry.key(), List.of()));
            }
        });
        feeders.forEach(feeder -> names.put(feeder.name(), feeder.fields()));
        return names;
    }

    /// Plans are messages, and each segment's has its part of the data.
    private void refuseTooMuch(Fields fields, List<Feeder> feeders, Settings settings) {
        long most = feeders.stream()
                .mapToLong(feeder -> feeder.rows().stream()
                                .flatMap(List::stream)
                                .mapToLong(String::length)
                                .sum()
                        / (feeder.order() == FeederOrder.RANDOM ? 1 : settings.segments()))
                .sum();
        if (most > MOST_DATA) {
            fields.entry("feeders")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.OUT_OF_RANGE,
                                    "the data is " + Figures.bytes(most) + " for each of " + settings.segments()
                                            + " segments, and " + Figures.bytes(MOST_DATA) + " fit",
                                    entry.keyPlace())
                            .noting("help: leave out columns and rows that no step needs, or raise `segments`")));
        }
    }

    private Optional<List<ScenarioSpec>> scenarios(Yaml value, Duration timeout, Map<String, List<String>> feeders) {
        if (!(value instanceof Yaml.Mapping mapping) || mapping.entries().isEmpty()) {
            return problems.refuse(new DocumentProblem(
                    Code.WRONG_KIND,
                    "`scenarios` is a mapping of names, not "
                            + (value instanceof Yaml.Mapping ? "an empty one" : value.kind()),
                    value.place()));
        }
        var reader = new ScenarioReader(timeout, feeders, problems);
        return Optional.of(mapping.entries().stream()
                .filter(entry -> !entry.key().startsWith("x-"))
                .flatMap(entry -> reader.read(entry).stream())
                .toList());
    }

    private <T> List<T> list(Fields fields, String key, boolean needed, Function<Yaml, Optional<T>> reader) {
        Fields.ValueReader<List<Yaml>> items = (value, found) -> Values.list(value, "`" + key + "`", found);
        var list = needed ? fields.required(key, items) : fields.optional(key, items);
        return list.orElse(List.of()).stream()
                .flatMap(item -> reader.apply(item).stream())
                .toList();
    }

    private void refuseTwins(Fields fields, List<ObjectiveEntry> objectives) {
        Map<String, Integer> first = new HashMap<>();
        if (fields.entry("objectives").map(Yaml.Entry::value).orElse(fields.mapping()) instanceof Yaml.Sequence list
                && list.items().size() == objectives.size()) {
            for (int i = 0; i < objectives.size(); i++) {
                var before = first.putIfAbsent(objectives.get(i).name(), i);
                if (before != null) {
                    problems.add(new DocumentProblem(
                                    Code.NAME_TWICE,
                                    "two objectives are called `"
                                            + objectives.get(i).name() + "`",
                                    list.items().get(i).place())
                            .labelled("again here")
                            .also(list.items().get(before).place(), "first here"));
                }
            }
        }
    }

    /// The judge keeps so many kinds of requests, and no more.
    private void refuseTooManyRequests(Fields fields, Names names) {
        long requests = names.requests().keySet().stream()
                .filter(name -> name.contains("/"))
                .count();
        if (requests > MOST_REQUESTS) {
            fields.entry("scenarios")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.OUT_OF_RANGE,
                                    "the scenarios have " + Figures.count(requests) + " kinds of requests, and "
                                            + Figures.count(MOST_REQUESTS) + " can be told apart",
                                    entry.keyPlace())
                            .noting("help: give steps that belong together one `name`; they are counted together")));
        }
    }

    /// A run has one breaking point.
    private void refuseTwoConditions(Fields fields) {
        if (fields.entry("phases").map(Yaml.Entry::value).orElse(fields.mapping()) instanceof Yaml.Sequence list) {
            var conditions = list.items().stream()
                    .flatMap(
                            item -> item instanceof Yaml.Mapping phase ? phase.entry("until").stream() : Stream.empty())
                    .toList();
            conditions.stream()
                    .skip(1)
                    .forEach(entry -> problems.add(
                            new DocumentProblem(Code.EITHER_OR, "two phases have `until`", entry.keyPlace())
                                    .labelled("only one of them")
                                    .also(conditions.getFirst().keyPlace(), "the other")));
        }
    }

    private void refuseUnjudged(Fields fields, List<Phase> phases) {
        if (phases.stream().noneMatch(Phase::judged)) {
            fields.entry("phases")
                    .filter(entry -> entry.value() instanceof Yaml.Sequence list
                            && list.items().size() == phases.size())
                    .ifPresent(entry ->
                            problems.add(new DocumentProblem(Code.NEVER_JUDGED, "no phase is judged", entry.keyPlace())
                                    .noting("help: take `judged: false` out of one of them")));
        }
    }
}
