package io.ordeal.generator.drive;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One connection to the service that is opened when needed and opened again after it broke; carries one request at a
/// time. Belongs to one event loop.
final class Link {
    private final HttpClientAgent client;
    private final HttpConnectOptions options;
    private @Nullable HttpClientConnection connection;

    Link(HttpClientAgent client, HttpConnectOptions options) {
        this.client = client;
        this.options = options;
    }

    boolean open() {
        return connection != null;
    }

    /// Returns the connection, which must be open.
    HttpClientConnection connection() {
        var present = connection;
        if (present == null) {
            throw new IllegalStateException("the connection is not open");
        }
        return present;
    }

    /// Opens the connection.
    Future<HttpClientConnection> connect() {
        return client.connect(options).onSuccess(this::opened);
    }

    private void opened(HttpClientConnection fresh) {
        connection = fresh;
        fresh.closeHandler(_ -> {
            if (Objects.equals(connection, fresh)) {
                connection = null;
            }
        });
    }

    /// Closes the connection; the next request opens another.
    void discard() {
        var present = connection;
        connection = null;
        if (present != null) {
            var _ = present.close();
        }
    }
}
