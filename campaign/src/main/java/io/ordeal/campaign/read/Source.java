package io.ordeal.campaign.read;

import java.util.List;

/// A text that values come from: a document, or an override from the command line.
///
/// @param label as messages show it: the path, or `--set`
public record Source(String label, List<String> lines) {
    public Source {
        lines = List.copyOf(lines);
    }

    static Source of(String label, String text) {
        return new Source(label, text.lines().toList());
    }

    /// Returns a line by its 1-based number, or an empty string behind the end.
    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
