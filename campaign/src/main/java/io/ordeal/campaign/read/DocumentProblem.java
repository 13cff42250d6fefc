package io.ordeal.campaign.read;

import java.util.Comparator;
import java.util.List;

/// Something in a document that keeps it from being run.
///
/// @param message what is wrong, in the words of the document
/// @param label a few words under the caret; may be empty
/// @param others other places that have to do with it
/// @param notes what to do, or what is allowed; each begins with a word and a colon
public record DocumentProblem(
        Code code, String message, Place place, String label, List<Other> others, List<String> notes) {
    /// In the order of the text, what comes from overrides last.
    static final Comparator<DocumentProblem> ORDER = Comparator.comparing((DocumentProblem problem) ->
                    problem.place().source().label().startsWith("--set"))
            .thenComparingInt(problem -> problem.place().line())
            .thenComparingInt(problem -> problem.place().column())
            .thenComparing(DocumentProblem::code);

    public DocumentProblem {
        others = List.copyOf(others);
        notes = List.copyOf(notes);
    }

    /// Another place, with a few words about it.
    public record Other(Place place, String label) {}

    DocumentProblem(Code code, String message, Place place) {
        this(code, message, place, "", List.of(), List.of());
    }

    DocumentProblem labelled(String words) {
        return new DocumentProblem(code, message, place, words, others, notes);
    }

    DocumentProblem also(Place other, String words) {
        return new DocumentProblem(code, message, place, label, List.of(new Other(other, words)), notes);
    }

    DocumentProblem noting(String note) {
        return new DocumentProblem(code, message, place, label, others, List.of(note));
    }
}
