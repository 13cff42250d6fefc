package io.ordeal.campaign.cli;

import java.nio.file.Path;

/// Where the log goes. Must be said before anything logs.
final class Logs {
    private Logs() {}

    /// Sends the log to `file`, so that the terminal belongs to the run.
    static void to(Path file) {
        System.setProperty("ORDEAL_LOG", "file");
        System.setProperty("ORDEAL_LOG_FILE", file.toString());
    }

    /// Keeps everything below a warning quiet.
    static void quiet() {
        System.setProperty("ORDEAL_LOG_LEVEL", "WARN");
    }
}
