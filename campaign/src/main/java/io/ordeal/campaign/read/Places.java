package io.ordeal.campaign.read;

import io.ordeal.campaign.plan.Conflict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where the values of a document stand, by JSON pointer.
public final class Places {
    private final Yaml root;

    Places(Yaml root) {
        this.root = root;
    }

    /// Returns the place of a value, or of the nearest one that contains it.
    public Place of(String pointer) {
        var value = root;
        for (var part : Arrays.stream(pointer.split("/", -1)).skip(1).toList()) {
            var next = child(value, part);
            if (next.isEmpty()) {
                break;
            }
            value = next.get();
        }
        return value.place();
    }

    /// Returns what the planner found, with its places.
    public List<DocumentProblem> problems(List<Conflict> conflicts) {
        return conflicts.stream()
                .map(this::problem)
                .sorted(DocumentProblem.ORDER)
                .toList();
    }

    private DocumentProblem problem(Conflict conflict) {
        var problem = new DocumentProblem(code(conflict.kind()), conflict.message(), of(conflict.pointer()))
                .labelled(conflict.label())
                .noting("help: " + conflict.remedy());
        return conflict.other()
                .map(other -> problem.also(of(other.pointer()), other.label()))
                .orElse(problem);
    }

    private static Code code(Conflict.Kind kind) {
        return switch (kind) {
            case OUTLIVES_LOAD -> Code.OUTLIVES_LOAD;
            case OVERLAP -> Code.OVERLAP;
            case NEVER_JUDGED -> Code.NEVER_JUDGED;
        };
    }

    private static Optional<Yaml> child(Yaml value, String part) {
        return switch (value) {
            case Yaml.Scalar _ -> Optional.empty();
            case Yaml.Sequence sequence ->
                part.matches("[0-9]{1,9}")
                                && Integer.parseInt(part) < sequence.items().size()
                        ? Optional.of(sequence.items().get(Integer.parseInt(part)))
                        : Optional.empty();
            case Yaml.Mapping mapping ->
                mapping.entry(part.replace("~1", "/").replace("~0", "~")).map(Yaml.Entry::value);
        };
    }
}
