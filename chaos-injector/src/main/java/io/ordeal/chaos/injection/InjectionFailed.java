package io.ordeal.chaos.injection;

/// A fault that could not be done, seen or undone; the reason is for the person who asked for it.
public final class InjectionFailed extends Exception {
    private final String reason;

    /// Makes one without a cause.
    public InjectionFailed(String reason) {
        super(reason);
        this.reason = reason;
    }

    /// Makes one with a cause.
    public InjectionFailed(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
        this.reason = what + ": " + cause.getMessage();
    }

    /// Returns why.
    public String reason() {
        return reason;
    }
}
