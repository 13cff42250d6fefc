package io.ordeal.campaign.read;

import io.ordeal.campaign.screen.Columns;
import io.ordeal.campaign.screen.Ink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Shows problems as a compiler does: what, where, the line itself and a caret under the part that is wrong.
public final class ProblemText {
    private static final int MOST = 20;

    private final Ink ink;
    private final List<Place> secrets;

    /// @param secrets what no line may show
    private ProblemText(Ink ink, List<Place> secrets) {
        this.ink = ink;
        this.secrets = secrets;
    }

    /// Returns the lines for at most twenty problems, and a last one that counts them.
    ///
    /// @param label the document's, for the last line
    public static List<String> lines(List<DocumentProblem> problems, String label, Ink ink) {
        var text = new ProblemText(ink, secrets(problems));
        var lines = new ArrayList<String>();
        problems.stream().limit(MOST).forEach(problem -> {
            lines.addAll(text.lines(problem));
            lines.add("");
        });
        if (problems.size() > MOST) {
            lines.add("and " + (problems.size() - MOST) + " more");
        }
        lines.add(problems.size() + (problems.size() == 1 ? " error in " : " errors in ") + Columns.clean(label)
                + "; nothing was started (exit 104)");
        return lines;
    }

    private static List<Place> secrets(List<DocumentProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.code() == Code.SECRET)
                .map(DocumentProblem::place)
                .toList();
    }

    private record Mark(Place place, String label, boolean main) {}

    private List<String> lines(DocumentProblem problem) {
        var place = problem.place();
        var marks = Stream.concat(
                        Stream.of(new Mark(place, problem.label(), true)),
                        problem.others().stream().map(other -> new Mark(other.place(), other.label(), false)))
                .filter(mark -> mark.place().source().equals(place.source()))
                .sorted((a, b) -> Integer.compare(a.place().line(), b.place().line()))
                .toList();
        int gutter = String.valueOf(marks.getLast().place().line()).length();
        var margin = " ".repeat(gutter);
        var lines = new ArrayList<String>();
        lines.add(ink.bad("error[" + problem.code().text() + "]") + ink.bold(": " + Columns.clean(problem.message())));
        lines.add(margin + "--> " + Columns.clean(place.source().label()) + ":" + place.line() + ":" + place.column()
                + (place.pointer().isEmpty() ? "" : "  at " + Columns.clean(place.pointer())));
        lines.add(margin + " |");
        int before = 0;
        for (var mark : marks) {
            if (before > 0 && mark.place().line() > before + 1) {
                lines.add("...");
            }
            before = mark.place().line();
            lines.addAll(lines(mark, gutter));
        }
        if (!problem.notes().isEmpty()) {
            lines.add(margin + " |");
            problem.notes().forEach(note -> lines.addAll(wrapped(margin + " = ", note)));
        }
        return lines;
    }

    private List<String> lines(Mark mark, int gutter) {
        var place = mark.place();
        var line = shown(place).replace('\t', ' ');
        int column = Math.min(place.column() - 1, line.length());
        int length = Math.max(1, Math.min(place.length(), Math.max(1, line.length() - column)));
        var carets = (mark.main() ? "^" : "-").repeat(length) + (mark.label().isEmpty() ? "" : " " + mark.label());
        return List.of(
                (Columns.right(String.valueOf(place.line()), gutter) + " | " + Columns.clean(line)).stripTrailing(),
                " ".repeat(gutter) + " | " + " ".repeat(column) + (mark.main() ? ink.bad(carets) : ink.bold(carets)));
    }

    /// Returns the line of `place` with stars for secrets.
    private String shown(Place place) {
        var line = new StringBuilder(place.source().line(place.line()));
        for (var secret : secrets) {
            if (secret.source().equals(place.source()) && secret.line() == place.line()) {
                int from = Math.min(secret.column() - 1, line.length());
                int to = Math.min(from + secret.length(), line.length());
                line.replace(from, to, "*".repeat(to - from));
            }
        }
        return line.toString();
    }

    private static List<String> wrapped(String margin, String note) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(margin);
        var indent = " ".repeat(margin.length() + note.indexOf(' ') + 1);
        for (var word : note.split(" ", -1)) {
            if (line.length() + word.length() > 78 && !line.toString().isBlank()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
