package io.ordeal.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Documentation that points at what exists.
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : Repository.files(".md")) {
            var links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                var link = links.group(1);
                if (!link.contains("://") && !Files.exists(page.resolveSibling(Path.of(link)))) {
                    broken.add(Repository.ROOT.relativize(page) + " -> " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDecisionIsListed() throws IOException {
        var index = Files.readString(Repository.ROOT.resolve("docs/adr/README.md"));
        for (var page : Repository.files(".md")) {
            if (page.startsWith(Repository.ROOT.resolve("docs/adr")) && !page.endsWith("README.md")) {
                assertThat(index).contains(page.getFileName().toString());
            }
        }
    }
}
