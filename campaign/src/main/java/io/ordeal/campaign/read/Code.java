package io.ordeal.campaign.read;

/// The stable code of a kind of problem.
public enum Code {
    /// The text is no YAML.
    SYNTAX("E001"),
    /// A key stands twice in one mapping.
    DUPLICATE_KEY("E002"),
    /// A YAML feature that campaigns do not have: merge keys, aliases that contain themselves, keys that are no
    /// text.
    UNSUPPORTED("E003"),
    /// A key that does not exist there.
    UNKNOWN_KEY("E101"),
    /// A key that must be there is not.
    MISSING_KEY("E102"),
    /// A list where a mapping belongs, or the like.
    WRONG_KIND("E103"),
    /// A value that cannot be read.
    MALFORMED("E104"),
    /// A value beyond what is allowed.
    OUT_OF_RANGE("E105"),
    /// Several keys of which only one may be given, or one that belongs to another load model.
    EITHER_OR("E106"),
    /// Something where only the name of a secret may stand: perhaps the secret, which no message shows.
    SECRET("E107"),
    /// A name that nothing has.
    UNKNOWN_NAME("E201"),
    /// A name that two things have.
    NAME_TWICE("E202"),
    /// A fault that lasts longer than the load.
    OUTLIVES_LOAD("E203"),
    /// Two faults of one kind on one target at once.
    OVERLAP("E204"),
    /// An objective that could never be judged.
    NEVER_JUDGED("E205"),
    /// An override that names no place in the document.
    OVERRIDE("E301");

    private final String text;

    Code(String text) {
        this.text = text;
    }

    /// Returns the code as messages show it.
    public String text() {
        return text;
    }
}
