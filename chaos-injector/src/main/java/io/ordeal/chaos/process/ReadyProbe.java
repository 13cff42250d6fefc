package io.ordeal.chaos.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/// Asks a process over HTTP whether it serves.
final class ReadyProbe {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(2).toMillis();

    private ReadyProbe() {}

    /// Whether `url` answers with a status of 200 to 399.
    static boolean answers(URI url) {
        return answers(url, PATIENCE_MILLIS);
    }

    /// Whether `url` answers so within that time.
    static boolean answers(URI url, int patienceMillis) {
        try {
            var connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout(patienceMillis);
            connection.setReadTimeout(patienceMillis);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            try {
                return connection.getResponseCode() >= 200 && connection.getResponseCode() < 400;
            } finally {
                connection.disconnect();
            }
        } catch (IOException _) {
            return false;
        }
    }
}
