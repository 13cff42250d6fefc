package io.ordeal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CommandLineTest {

    @Test
    void takesValuesFromArgumentsAndThenFromTheEnvironment() {
        CommandLine line = CommandLine.parse(
                List.of("--port", "1", "--host=::1", "--set", "a=1", "--set=b=2", "--exit-with-parent"),
                Map.of("SAMPLE_PORT", "2", "SAMPLE_DATA_DIR", "/data", "SAMPLE_BEHAVIOUR", ""));
        assertThat(line.whole("port", 0, 9, 5)).isEqualTo(1);
        assertThat(line.whole("grace-ms", 0, 9, 5)).isEqualTo(5);
        assertThat(line.text("host")).contains("::1");
        assertThat(line.text("data-dir")).contains("/data");
        assertThat(line.text("behaviour")).isEmpty();
        assertThat(line.all("set")).containsExactly("a=1", "b=2");
        assertThat(line.is("exit-with-parent")).isTrue();
        assertThat(line.problems()).isEmpty();
    }

    @Test
    void collectsAllProblems() {
        CommandLine line =
                CommandLine.parse(List.of("--prot", "--port", "x", "--exit-with-parent=maybe", "--data-dir"), Map.of());
        line.whole("port", 0, 9, 5);
        line.is("exit-with-parent");
        assertThat(line.problems())
                .containsExactly(
                        "--prot: unknown; --help lists the options",
                        "--data-dir: missing; give DIR",
                        "--port: 'x' is not a whole number from 0 to 9",
                        "--exit-with-parent: 'maybe' is neither true nor false");
    }

    @Test
    void theHelpNamesEveryOption() {
        CommandLine.OPTIONS.forEach(option -> assertThat(CommandLine.help()).contains("--" + option.name()));
    }
}
