package io.ordeal.campaign.read;

import io.ordeal.generator.user.Placeholder;
import io.ordeal.generator.user.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/// The variables that a step knows: fields of feeders, and what the steps before it extract.
final class Scope {
    private final Set<String> names;
    private final Problems problems;

    Scope(Set<String> names, Problems problems) {
        this.names = new LinkedHashSet<>(names);
        this.problems = problems;
    }

    /// Adds a variable for the steps to come.
    void add(String name) {
        names.add(name);
    }

    /// Says whether `scalar` is a template that can be filled in; reports why not.
    ///
    /// @param header whether it is the value of a header
    boolean fills(Yaml.Scalar scalar, Function<String, Template> reader, boolean header) {
        try {
            return reader.apply(scalar.text()).placeholders().stream()
                            .filter(placeholder -> !knows(placeholder, scalar, header))
                            .count()
                    == 0;
        } catch (IllegalArgumentException e) {
            problems.add(new DocumentProblem(Code.MALFORMED, String.valueOf(e.getMessage()), scalar.place()));
            return false;
        }
    }

    private boolean knows(Placeholder placeholder, Yaml.Scalar scalar, boolean header) {
        return switch (placeholder) {
            case Placeholder.Variable(var name) -> names.contains(name) || unknown(name, scalar);
            case Placeholder.Environment(var name) -> header || misplaced(name, scalar);
            case Placeholder.Iteration _,
                    Placeholder.User _,
                    Placeholder.Run _,
                    Placeholder.RandomUuid _,
                    Placeholder.RandomInt _,
                    Placeholder.Now _,
                    Placeholder.NowMillis _ -> true;
        };
    }

    private boolean unknown(String name, Yaml.Scalar scalar) {
        var known = new ArrayList<>(names);
        known.addAll(Placeholder.BUILT_IN);
        problems.add(new DocumentProblem(Code.UNKNOWN_NAME, "there is no variable `" + name + "` here", scalar.place())
                .labelled(Words.nearest(name, known)
                        .map(word -> "did you mean `${" + word + "}`?")
                        .orElse(""))
                .noting("variables: " + Words.list(known) + "; `$${` stands for a plain `${`"));
        return false;
    }

    private boolean misplaced(String name, Yaml.Scalar scalar) {
        problems.add(new DocumentProblem(
                Code.MALFORMED,
                "`${env:" + name + "}` stands in headers only: what is secret belongs there",
                scalar.place()));
        return false;
    }
}
