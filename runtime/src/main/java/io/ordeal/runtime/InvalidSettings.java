package io.ordeal.runtime;

import java.util.List;
import java.util.stream.Collectors;

/// Settings that nothing can be started with; carries every problem, not the first.
public final class InvalidSettings extends IllegalArgumentException {
    private final transient List<Problem> problems;

    /// Wraps at least one problem.
    public InvalidSettings(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// Returns every problem.
    public List<Problem> problems() {
        return problems;
    }
}
