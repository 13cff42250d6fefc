package io.ordeal.generator.drive;

import java.util.LinkedHashSet;

/// Why something failed, in one line: the messages of all causes, each once.
final class Reason {
    private static final int DEPTH = 8;

    private Reason() {}

    static String of(Throwable failure) {
        var words = new LinkedHashSet<String>();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            var message = cause.getMessage();
            words.add(message == null ? cause.getClass().getSimpleName() : message.strip());
            cause = cause.getCause();
        }
        return String.join(": ", words);
    }
}
