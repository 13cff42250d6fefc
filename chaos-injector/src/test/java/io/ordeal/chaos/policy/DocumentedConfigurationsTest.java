package io.ordeal.chaos.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Configurations that users are shown can be read.
class DocumentedConfigurationsTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"network-faults.md", "container-faults.md"})
    void everyOneCanBeRead(String page) throws IOException {
        var blocks = BLOCK.matcher(Files.readString(Path.of("../docs", page)));
        assertThat(blocks.results())
                .isNotEmpty()
                .allSatisfy(block -> assertThat(InjectorConfiguration.parse(page, block.group(1))
                                .targets())
                        .isNotEmpty());
    }
}
