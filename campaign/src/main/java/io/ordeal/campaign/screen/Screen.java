package io.ordeal.campaign.screen;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/// A block of lines at the end of a terminal's output that is drawn again in place. It is the only writer: what else
/// is
/// to be said scrolls past above the block. Thread-safe. Only lines that changed are written, each frame in one
/// piece.
public final class Screen implements AutoCloseable {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String BEGIN_FRAME = "\u001b[?2026h";
    private static final String END_FRAME = "\u001b[?2026l";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private List<String> shown = List.of();
    private boolean closed;

    /// @param charset that the terminal reads
    public Screen(OutputStream terminal, Charset charset) {
        this.out = new PrintStream(terminal, false, charset);
    }

    /// Draws the block; the cursor rests on the line below it.
    public synchronized void draw(List<String> lines) {
        if (closed || lines.equals(shown)) {
            return;
        }
        var frame = new StringBuilder(BEGIN_FRAME).append(HIDE_CURSOR);
        up(frame, shown.size());
        for (int i = 0; i < lines.size(); i++) {
            if (i >= shown.size() || !lines.get(i).equals(shown.get(i))) {
                frame.append('\r').append(lines.get(i)).append(CLEAR_LINE);
            }
            frame.append("\r\n");
        }
        if (lines.size() < shown.size()) {
            frame.append(CLEAR_BELOW);
        }
        shown = new ArrayList<>(lines);
        write(frame.append(END_FRAME));
    }

    /// Writes lines that stay, above the block.
    public synchronized void say(List<String> lines) {
        var frame = new StringBuilder();
        if (!shown.isEmpty()) {
            frame.append(BEGIN_FRAME);
            up(frame, shown.size());
            frame.append('\r').append(CLEAR_BELOW);
        }
        lines.forEach(line -> frame.append(line).append("\r\n"));
        shown.forEach(line -> frame.append(line).append("\r\n"));
        write(shown.isEmpty() ? frame : frame.append(END_FRAME));
    }

    /// Takes the block away and gives the cursor back. What is said later is written as it is. Idempotent.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        var frame = new StringBuilder();
        up(frame, shown.size());
        frame.append('\r').append(CLEAR_BELOW).append(SHOW_CURSOR);
        shown = List.of();
        write(frame);
    }

    private static void up(StringBuilder frame, int lines) {
        if (lines > 0) {
            frame.append("\u001b[").append(lines).append('A');
        }
    }

    private void write(StringBuilder text) {
        out.print(text);
        out.flush();
    }
}
