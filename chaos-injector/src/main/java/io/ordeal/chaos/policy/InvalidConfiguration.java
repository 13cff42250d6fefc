package io.ordeal.chaos.policy;

import io.ordeal.runtime.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// A configuration that cannot be used; the message lists every problem for its author.
public final class InvalidConfiguration extends IllegalArgumentException {
    private final transient List<Problem> problems;

    /// Makes one of at least one problem.
    public InvalidConfiguration(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// Returns all problems, in the order of the document.
    public List<Problem> problems() {
        return problems;
    }
}
