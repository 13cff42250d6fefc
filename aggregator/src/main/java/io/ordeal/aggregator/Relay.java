package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.window.SegmentReport;
import java.nio.charset.StandardCharsets;

/// What the first stage tells the second, keyed by run: internal, so in a form of its own.
sealed interface Relay {
    /// What a segment has in a window that it has passed.
    @SuppressWarnings("ArrayRecordComponent") // a message in transit, never compared
    record Window(long start, byte[] content) implements Relay {}

    /// How far a segment has come.
    record Report(SegmentReport report) implements Relay {}

    /// A lifecycle event, as it stood on its topic.
    @SuppressWarnings("ArrayRecordComponent") // a message in transit, never compared
    record Fact(byte[] event) implements Relay {}

    /// A sample of resource use, as it stood on its topic.
    @SuppressWarnings("ArrayRecordComponent") // a message in transit, never compared
    record Sample(byte[] sample) implements Relay {}

    /// Returns it addressed to the run.
    default Outgoing to(String run) {
        var out = new ByteWriter();
        switch (this) {
            case Window(long start, var content) -> out.number(0).number(start).bytes(content);
            case Report(var report) -> report.write(out.number(1));
            case Fact(var event) -> out.number(2).bytes(event);
            case Sample(var sample) -> out.number(3).bytes(sample);
        }
        return new Outgoing(Outgoing.Address.RUN, run.getBytes(StandardCharsets.UTF_8), out.toBytes());
    }

    /// Reads what [#to] has written.
    static Relay read(byte[] bytes) {
        var in = new ByteReader(bytes);
        int kind = in.integer();
        return switch (kind) {
            case 0 -> new Window(in.number(), in.bytes());
            case 1 -> new Report(SegmentReport.read(in));
            case 2 -> new Fact(in.bytes());
            case 3 -> new Sample(in.bytes());
            default -> throw new IllegalStateException("no such relay: " + kind);
        };
    }
}
