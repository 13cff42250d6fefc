package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;

/// Reads on in a file until one of its new lines matches. A file that is cut, or that another takes the place of,
/// is read from its beginning.
final class LineWatch implements MomentWatch {
    private static final int AT_ONCE = 65_536;
    private static final int LONGEST_LINE = 8192;

    private final Path file;
    private final Pattern matches;
    private long position;
    private Object key = "";
    private String begun = "";

    LineWatch(Path file, Pattern matches) {
        this.file = file;
        this.matches = matches;
    }

    @Override
    public void begin() {
        try {
            key = key();
            position = Files.size(file);
        } catch (IOException _) {
            position = 0; // it is yet to be written
        }
    }

    /// Reads what has come since the last look; a line counts when its end has come.
    @Override
    public boolean come() throws InjectionFailed {
        try {
            for (var text = readOn(); !text.isEmpty(); text = readOn()) {
                if (matchesALine(text)) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            return false; // not there now
        }
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(5);
    }

    @Override
    public String words() {
        return "a new line of " + file + " matches " + matches;
    }

    private boolean matchesALine(String text) throws InjectionFailed {
        var lines = (begun + text).split("\n", -1);
        var rest = lines[lines.length - 1];
        begun = rest.length() > LONGEST_LINE ? rest.substring(0, LONGEST_LINE) : rest;
        for (int line = 0; line < lines.length - 1; line++) {
            var read = lines[line];
            if (BoundedMatch.found(matches, read.substring(0, Math.min(LONGEST_LINE, read.length())))) {
                return true;
            }
        }
        return false;
    }

    private String readOn() throws IOException {
        var now = key();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (!now.equals(key) || channel.size() < position) {
                key = now;
                position = 0;
                begun = "";
            }
            var bytes = ByteBuffer.allocate(AT_ONCE);
            int count = Math.max(0, channel.read(bytes, position));
            position += count;
            return new String(bytes.array(), 0, count, StandardCharsets.ISO_8859_1);
        }
    }

    private Object key() throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }
}
