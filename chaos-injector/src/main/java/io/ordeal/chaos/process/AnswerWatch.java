package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/// Asks a URL again and again until the body of its answer matches, whatever its status.
final class AnswerWatch implements MomentWatch {
    private static final int PATIENCE_MILLIS = 1000;
    private static final int LONGEST = 65_536;

    private final URI url;
    private final Pattern matches;

    AnswerWatch(URI url, Pattern matches) {
        this.url = url;
        this.matches = matches;
    }

    @Override
    public void begin() {
        // every answer is new
    }

    /// No answer is no match: the service may be starting.
    @Override
    public boolean come() throws InjectionFailed {
        String answer;
        try {
            answer = ask();
        } catch (IOException _) {
            return false;
        }
        return BoundedMatch.found(matches, answer);
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(20);
    }

    @Override
    public String words() {
        return "the answer of " + url + " matches " + matches;
    }

    private String ask() throws IOException {
        var connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        try (var body = body(connection)) {
            return new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    private static InputStream body(HttpURLConnection connection) throws IOException {
        boolean refused = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        if (!refused) {
            return connection.getInputStream();
        }
        var body = connection.getErrorStream();
        return body == null ? InputStream.nullInputStream() : body;
    }
}
