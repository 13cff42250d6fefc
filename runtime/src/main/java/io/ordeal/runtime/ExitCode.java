package io.ordeal.runtime;

/// What a command tells its caller: a contract with every script that reads it.
public enum ExitCode {
    /// Every objective held, and the proof is complete.
    PASS(0, "every objective held"),
    /// Something else went wrong.
    ERROR(1, "something went wrong"),
    /// An objective did not hold.
    FAIL(99, "an objective did not hold"),
    /// The campaign or the options are not valid; nothing was started.
    INVALID(104, "the campaign or the options are not valid"),
    /// Stopped from outside.
    INTERRUPTED(105, "interrupted"),
    /// It cannot be said whether the objectives held.
    INCONCLUSIVE(111, "inconclusive");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /// Returns the number that the process ends with.
    public int code() {
        return code;
    }

    /// Returns what it means, in a few words.
    public String meaning() {
        return meaning;
    }
}
