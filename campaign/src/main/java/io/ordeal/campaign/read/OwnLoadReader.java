package io.ordeal.campaign.read;

import io.ordeal.campaign.document.OwnLoad;
import io.ordeal.campaign.document.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the load that a scenario has for itself: `load: {rate: 100/s, for: 30s}`, or a list of such, and `start:
/// 10s`.
final class OwnLoadReader {
    private static final Duration LATEST = Duration.ofDays(7);

    private OwnLoadReader() {}

    /// @param fields of the scenario
    /// @param name of the scenario
    /// @param what the scenario, as messages name it
    static OwnLoad read(Fields fields, String name, String what, Problems problems) {
        var start = fields.optional("start", OwnLoadReader::start).orElse(Duration.ZERO);
        var load = fields.entry("load");
        if (load.isEmpty()) {
            fields.entry("start")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.EITHER_OR,
                                    "`start` belongs to a `load`, " + what + " has none of its own",
                                    entry.keyPlace())
                            .noting("help: the phases drive it, and begin with the run")));
            return OwnLoad.NONE;
        }
        fields.entry("weight")
                .ifPresent(entry -> problems.add(new DocumentProblem(
                                Code.EITHER_OR, what + " has both `load` and `weight`", entry.keyPlace())
                        .labelled("only one of them")
                        .also(load.get().keyPlace(), "the other")
                        .noting("help: a weight is a part of the mix, which a scenario with a load has no part in")));
        return new OwnLoad(phases(load.get().value(), name, what, problems), start);
    }

    private static List<Phase> phases(Yaml value, String name, String what, Problems problems) {
        var items = value instanceof Yaml.Mapping
                ? List.of(value)
                : Values.list(value, "`load` of " + what, problems).orElse(List.of());
        var reader = new PhaseReader(problems);
        var phases = new ArrayList<Phase>();
        for (var item : items) {
            reader.own(item, name + "-" + (phases.size() + 1), "`load` of " + what)
                    .ifPresent(phases::add);
        }
        return phases;
    }

    private static Optional<Duration> start(Yaml value, Problems problems) {
        return Values.scalar(value, "a time, for instance `10s`", problems)
                .flatMap(scalar -> Values.duration(scalar, problems))
                .filter(time -> time.compareTo(LATEST) <= 0
                        || problems.refuse(new DocumentProblem(
                                        Code.OUT_OF_RANGE, value.kind() + " is more than 168h", value.place()))
                                .isPresent());
    }
}
