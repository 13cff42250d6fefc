package io.ordeal.campaign.screen;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;

/// Where a run's progress is shown while it goes on.
public sealed interface Display extends AutoCloseable {
    /// Shows how the run stands.
    void show(RunProgress progress, Instant now);

    /// Says something that stays.
    void say(List<String> lines);

    /// Ends the drawing in place, and leaves the terminal as it was found. Idempotent.
    @Override
    void close();

    /// Opens the display that the terminal allows.
    ///
    /// @param charset that the terminal reads
    static Display open(Terminal terminal, OutputStream out, Charset charset) {
        return terminal.live()
                ? new Live(terminal, new Screen(out, charset))
                : new Plain(new PlainLog(), new PrintStream(out, true, charset));
    }

    /// A display that shows nothing, for `--quiet`.
    static Display silent() {
        return new Silent();
    }

    /// Draws a block in place.
    record Live(Terminal terminal, Screen screen) implements Display {
        @Override
        public void show(RunProgress progress, Instant now) {
            screen.draw(ProgressView.lines(progress, terminal));
        }

        @Override
        public void say(List<String> lines) {
            screen.say(lines);
        }

        @Override
        public void close() {
            screen.close();
        }
    }

    /// Writes a line for each change.
    record Plain(PlainLog log, PrintStream out) implements Display {
        @Override
        public void show(RunProgress progress, Instant now) {
            synchronized (log) {
                log.next(progress, now).forEach(out::println);
            }
        }

        @Override
        public void say(List<String> lines) {
            lines.forEach(out::println);
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    /// Shows nothing.
    record Silent() implements Display {
        @Override
        public void show(RunProgress progress, Instant now) {}

        @Override
        public void say(List<String> lines) {}

        @Override
        public void close() {}
    }
}
