package io.ordeal.campaign.read;

import io.ordeal.campaign.document.ObjectiveEntry;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.PlannedFault;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.WindowSummary;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads objectives for a run that is over: those of a campaign, or a list of them.
public final class ObjectivesReader {
    private ObjectivesReader() {}

    /// What came of reading.
    public sealed interface Outcome {}

    /// The run with these objectives.
    public record Accepted(RunObjectives objectives) implements Outcome {}

    /// Every problem, in the order of the document.
    public record Refused(List<DocumentProblem> problems) implements Outcome {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /// Reads `text`; what its objectives name must be of `run`.
    ///
    /// @param label how messages name it, usually its path
    /// @param windows what was told of `run`: it knows what requests have measured
    public static Outcome read(String label, String text, RunObjectives run, List<WindowSummary> windows) {
        var problems = new Problems();
        var reader = new ObjectiveReader(names(run, windows), problems);
        var specs = YamlTree.read(Source.of(label, text), problems)
                .flatMap(root -> list(root, problems))
                .map(items -> specs(items, reader, problems));
        return specs.isPresent() && problems.none()
                ? new Accepted(with(run, specs.get()))
                : new Refused(problems.sorted());
    }

    private static Optional<List<Yaml>> list(Yaml root, Problems problems) {
        var value = root instanceof Yaml.Mapping campaign
                ? campaign.entry("objectives").map(Yaml.Entry::value).orElse(root)
                : root;
        return Values.list(value, "`objectives`", problems);
    }

    private static List<ObjectiveSpec> specs(List<Yaml> items, ObjectiveReader reader, Problems problems) {
        var names = new LinkedHashSet<String>();
        return items.stream()
                .flatMap(item -> reader.objective(item).stream().filter(entry -> fresh(names, entry, item, problems)))
                .map(entry -> new ObjectiveSpec(entry.name(), entry.objective().expression()))
                .toList();
    }

    private static boolean fresh(Set<String> names, ObjectiveEntry entry, Yaml item, Problems problems) {
        return names.add(entry.name())
                || problems.refuse(new DocumentProblem(
                                Code.NAME_TWICE, "two objectives are called `" + entry.name() + "`", item.place()))
                        .isPresent();
    }

    private static Names names(RunObjectives run, List<WindowSummary> windows) {
        var requests = new LinkedHashMap<String, Set<String>>();
        var tags = new LinkedHashSet<String>();
        run.requests().forEach(request -> {
            requests.computeIfAbsent(request.scenario(), _ -> new LinkedHashSet<>());
            requests.computeIfAbsent(request.scenario() + "/" + request.request(), _ -> new LinkedHashSet<>());
            request.tags().forEach((key, value) -> tags.add(key + "=" + value));
        });
        windows.forEach(window -> window.measures()
                .forEach(measure -> List.of(window.scenario(), window.scenario() + "/" + window.request())
                        .forEach(name -> requests.getOrDefault(name, new LinkedHashSet<>())
                                .add(measure.name()))));
        return new Names(
                run.phases().stream().map(PhaseInfo::name).collect(Collectors.toSet()),
                run.phases().stream()
                        .filter(phase -> !phase.judged())
                        .map(PhaseInfo::name)
                        .collect(Collectors.toSet()),
                run.faults().stream().map(PlannedFault::id).collect(Collectors.toSet()),
                requests,
                tags);
    }

    private static RunObjectives with(RunObjectives run, List<ObjectiveSpec> objectives) {
        return new RunObjectives(
                run.run(),
                run.campaign(),
                run.window(),
                run.segments(),
                run.phases(),
                run.requests(),
                objectives,
                run.faults());
    }
}
