package io.ordeal.campaign.plan;

import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.HttpVersion;
import java.util.ArrayList;
import java.util.Optional;

/// Connections in words, for instance `10 shared, HTTP/2 with 50 streams each`.
final class ConnectionWords {
    private ConnectionWords() {}

    /// Returns what is unusual about `connections`; empty when each user has one of HTTP/1.1 that is kept.
    static Optional<String> of(Connections connections) {
        var words = new ArrayList<String>();
        boolean shared = connections.mode() == ConnectionMode.SHARED;
        if (shared) {
            words.add(Figures.count(connections.limit()) + " shared");
        }
        if (connections.version() == HttpVersion.HTTP_2) {
            words.add(shared ? "HTTP/2 with " + connections.streams() + " streams each" : "HTTP/2");
        }
        if (connections.churn() > 0) {
            words.add("new after " + Figures.count(connections.churn())
                    + (connections.churn() == 1 ? " request" : " requests"));
        }
        if (!connections.storm().isZero()) {
            words.add("all dropped every " + Figures.span(connections.storm()));
        }
        connections.tls().ifPresent(tls -> words.add(tls.trustAll() ? "TLS with anybody" : "TLS"));
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
    }
}
