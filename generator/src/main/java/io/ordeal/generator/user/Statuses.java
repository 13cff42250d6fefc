package io.ordeal.generator.user;

/// The statuses of HTTP.
final class Statuses {
    private static final int FIRST = 100;
    private static final int LAST = 999;

    private Statuses() {}

    /// Whether an answer can have `status`.
    static boolean exists(int status) {
        return status >= FIRST && status <= LAST;
    }
}
