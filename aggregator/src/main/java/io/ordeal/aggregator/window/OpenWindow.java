package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.RunWindow;

/// One window of a run as its segments hand it on: open, then closed and told, until it is settled.
final class OpenWindow extends Part {
    private final RunWindow content;
    private boolean closed;

    OpenWindow(String run, long start, long end) {
        super(Keys.of(run, Run.WINDOW, start));
        this.content = new RunWindow(start, end);
    }

    RunWindow content() {
        return content;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    @Override
    public void write(ByteWriter out) {
        out.flag(closed);
        content.write(out);
    }

    void read(ByteReader in) {
        closed = in.flag();
        content.addFrom(in);
    }
}
