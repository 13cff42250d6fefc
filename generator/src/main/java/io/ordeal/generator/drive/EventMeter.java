package io.ordeal.generator.drive;

import io.ordeal.schemas.load.EventStream;
import java.util.Map;
import java.util.TreeMap;

/// Measures one answer of server-sent events. Belongs to one event loop.
///
/// - `first_event_ms`: from sending to the first event
/// - `between_events_ms`: the mean time between two events, where there are two
/// - `tokens_per_second`: tokens by the time from sending to the last of them, where there are any
///
/// The event that ends the stream is none of them. Events that came in one piece came at once.
final class EventMeter {
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;

    private final EventStream stream;
    private final long sentAt;
    private final EventParser parser = new EventParser(this::event);
    private long now;
    private long firstAt;
    private long lastAt;
    private long tokenAt;
    private long events;
    private long tokens;
    private boolean ended;

    /// Measures from `sentAt` on.
    EventMeter(EventStream stream, long sentAt) {
        this.stream = stream;
        this.sentAt = sentAt;
    }

    /// Reads a piece that came `now`.
    void read(byte[] piece, long at) {
        now = at;
        parser.read(piece);
    }

    /// Whether the event that ends the stream has come.
    boolean ended() {
        return ended;
    }

    /// Whether it is a whole stream: it has events, and its last one where one is asked for.
    boolean whole() {
        return events > 0 && (stream.last().isEmpty() || ended);
    }

    private void event(String type, String data) {
        if (ended) {
            return;
        }
        if (!stream.last().isEmpty() && data.contains(stream.last())) {
            ended = true;
            return;
        }
        if (events++ == 0) {
            firstAt = now;
        }
        lastAt = now;
        if (stream.token().isEmpty() || stream.token().equals(type)) {
            tokens++;
            tokenAt = now;
        }
    }

    /// Returns what there is to measure.
    Map<String, Double> measures() {
        var measures = new TreeMap<String, Double>();
        if (events > 0) {
            measures.put("first_event_ms", (firstAt - sentAt) / MILLI);
        }
        if (events > 1) {
            measures.put("between_events_ms", (lastAt - firstAt) / MILLI / (events - 1));
        }
        if (tokens > 0 && tokenAt > sentAt) {
            measures.put("tokens_per_second", tokens * SECOND / (tokenAt - sentAt));
        }
        return measures;
    }
}
