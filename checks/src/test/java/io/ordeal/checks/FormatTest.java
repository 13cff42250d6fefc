package io.ordeal.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// The formatter decides. `./mvnw -pl checks -am test -Dformat.fix=true` writes what it wants.
///
/// It runs here rather than as a Maven plugin, because a plugin runs on the JDK that runs Maven, which may be older
/// than
/// the language that the sources are written in.
class FormatTest {
    private static final boolean FIX = Boolean.getBoolean("format.fix");

    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    @Test
    void everySourceIsAsTheFormatterWantsIt() throws IOException, FormatterException {
        var unlike = new ArrayList<String>();
        for (var file : Repository.files(".java")) {
            var source = Files.readString(file);
            var formatted = format(source);
            if (!source.equals(formatted)) {
                fix(file, formatted);
                unlike.add(Repository.ROOT.relativize(file).toString());
            }
        }
        assertThat(FIX ? java.util.List.of() : unlike)
                .as("unlike what the formatter wants; ./mvnw -pl checks -am test -Dformat.fix=true mends them")
                .isEmpty();
    }

    private String format(String source) throws FormatterException {
        var imports = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), Style.PALANTIR);
        return formatter.formatSource(imports);
    }

    private static void fix(Path file, String formatted) throws IOException {
        if (FIX) {
            Files.writeString(file, formatted);
        }
    }
}
