package io.ordeal.campaign.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The problems found so far in one reading.
final class Problems {
    private final List<DocumentProblem> found = new ArrayList<>();

    void add(DocumentProblem problem) {
        if (!found.contains(problem)) { // a value behind two aliases is read twice
            found.add(problem);
        }
    }

    /// Adds a problem and returns nothing, for readers that end with it.
    <T> Optional<T> refuse(DocumentProblem problem) {
        add(problem);
        return Optional.empty();
    }

    boolean none() {
        return found.isEmpty();
    }

    List<DocumentProblem> sorted() {
        return found.stream().sorted(DocumentProblem.ORDER).toList();
    }
}
