package io.ordeal.chaos.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceDocsTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)\n```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"resource-faults.md", "resource-samples.md"})
    void showsConfigurationsThatAreAccepted(String page) throws IOException {
        var text = Files.readString(Path.of("../docs").resolve(page));
        assertThat(BLOCK.matcher(text).results().toList())
                .isNotEmpty()
                .allSatisfy(block -> assertThat(InjectorConfiguration.parse(page, block.group(1))
                                .targets())
                        .isNotEmpty());
    }
}
