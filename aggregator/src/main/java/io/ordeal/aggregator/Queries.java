package io.ordeal.aggregator;

import io.ordeal.aggregator.http.Board;
import io.ordeal.aggregator.http.QueryApi;
import io.ordeal.runtime.http.ProbeServer;
import io.ordeal.runtime.kafka.KafkaSettings;
import java.time.Clock;
import java.time.Duration;

/// The side of the aggregator that answers: it learns of runs from the topics, as anybody could, so that every instance
/// can answer for all runs and the streams are not disturbed.
final class Queries implements AutoCloseable {
    /// How far back runs are known after a start.
    private static final Duration BACK = Duration.ofHours(24);

    private final QueryApi api;
    private final QueryFeed feed;

    private Queries(QueryApi api, QueryFeed feed) {
        this.api = api;
        this.feed = feed;
    }

    /// Starts reading, and serves below `/` of `server`.
    static Queries serve(ProbeServer server, KafkaSettings kafka, Frames frames) {
        var board = new Board();
        var api = new QueryApi(board, Clock.systemUTC());
        server.handle("/", api);
        return new Queries(api, QueryFeed.start(kafka, frames, board, BACK));
    }

    @Override
    public void close() {
        feed.close();
        api.close();
    }
}
