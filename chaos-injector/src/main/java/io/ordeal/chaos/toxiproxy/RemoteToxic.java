package io.ordeal.chaos.toxiproxy;

import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// A toxic at a Toxiproxy server, under a name of ours, taken back by deleting it there. A server that does not
/// answer may still have it: that is not done.
///
/// @param api of the server
public record RemoteToxic(URI api, String proxy, String toxic) implements Undo {
    /// Its kind.
    public static final String WORD = "remote-toxic";

    private static final int NOT_FOUND = 404;

    /// Reads what [#words] has written, without the kind.
    public static RemoteToxic read(List<String> words) {
        return new RemoteToxic(URI.create(words.get(0)), words.get(1), words.get(2));
    }

    @Override
    public void perform() {
        var reply = send("DELETE");
        if (!reply.ok() && reply.status() != NOT_FOUND) {
            throw new IllegalStateException(api + " does not delete " + toxic + ": " + reply.status());
        }
    }

    @Override
    public boolean done() {
        return send("GET").status() == NOT_FOUND;
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of("toxic_after", "not at " + api);
    }

    @Override
    public List<String> words() {
        return List.of(WORD, api.toString(), proxy, toxic);
    }

    private RemoteApi.Reply send(String method) {
        try {
            return new RemoteApi(api).send(method, RemoteApi.toxicPath(proxy, toxic), "");
        } catch (IOException e) {
            throw new IllegalStateException(api + " does not answer: " + e.getMessage(), e);
        }
    }
}
