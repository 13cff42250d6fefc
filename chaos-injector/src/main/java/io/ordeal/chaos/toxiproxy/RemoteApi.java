package io.ordeal.chaos.toxiproxy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The HTTP API of a Toxiproxy server, ours or another. Light enough for a guard: it knows nothing of JSON.
///
/// @param base such as `http://127.0.0.1:8474`
record RemoteApi(URI base) {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MOST_BYTES = 1 << 20;

    /// What was answered.
    record Reply(int status, String text) {
        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /// Sends a request below the base; an empty `body` is none.
    ///
    /// @throws IOException when the server does not answer
    Reply send(String method, String path, String body) throws IOException {
        var url = URI.create(base.toString().replaceFirst("/+$", "") + path).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        try {
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestMethod(method);
            connection.setRequestProperty("User-Agent", "ordeal");
            if (!body.isEmpty()) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                try (var out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            var in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            var text = in == null ? "" : new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return new Reply(status, text);
        } finally {
            connection.disconnect();
        }
    }

    static String proxyPath(String proxy) {
        return "/proxies/" + encoded(proxy);
    }

    static String toxicPath(String proxy, String toxic) {
        return proxyPath(proxy) + "/toxics/" + encoded(toxic);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
