package io.ordeal.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Compares text with a file under `src/test/resources/golden`. With `-Dgolden.write=true` it writes the file
/// instead,
/// for a person to look at.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /// Fails where the lines differ from those of the file.
    public static void check(String name, List<String> lines) {
        check(name, String.join("\n", lines) + "\n");
    }

    /// Fails where the text differs from that of the file.
    public static void check(String name, String text) {
        var file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, text);
            }
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
