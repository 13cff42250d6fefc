package io.ordeal.campaign.read;

import java.util.Collection;

/// Problems about names that are mentioned but that nothing has.
final class Mentions {
    private Mentions() {}

    /// The problem that there is no such thing, marked at the name within the value that mentions it.
    static DocumentProblem unknown(String what, String name, Collection<String> known, Yaml.Scalar where) {
        return new DocumentProblem(Code.UNKNOWN_NAME, "there is no " + what + " `" + name + "`", within(where, name))
                .labelled(Words.nearest(name, known)
                        .map(word -> "did you mean `" + word + "`?")
                        .orElse(""))
                .noting(what + "s: " + Words.list(known));
    }

    /// The place of a word in a value, or of the whole value where the word cannot be told apart.
    static Place within(Yaml.Scalar scalar, String word) {
        var place = scalar.place();
        int line = place.column() - 1;
        var shown = place.source().line(place.line());
        int at = shown.indexOf(word, Math.min(line, shown.length()));
        return at < 0 || word.isEmpty() || at + word.length() > line + place.length()
                ? place
                : new Place(place.source(), place.line(), at + 1, word.length(), place.pointer());
    }
}
