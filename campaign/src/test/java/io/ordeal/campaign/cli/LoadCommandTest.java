package io.ordeal.campaign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LoadCommandTest {
    @Test
    void refusesWhatIsNoRateBeforeItAsksAnybody() {
        assertThat(said("load", "rate", "fast")).isEqualTo("104 ordeal: `fast` is no rate; write for instance 500/s");
        assertThat(said("load", "rate", "500")).startsWith("104 ordeal: `500` is no rate");
        assertThat(said("load", "rate", "99999999/s")).startsWith("104 ");
    }

    @Test
    void refusesWhatIsNoNumberOfUsers() {
        assertThat(said("load", "users", "1.5")).startsWith("104 ordeal: `1.5` is no number of users");
        assertThat(said("load", "users", "5/s")).startsWith("104 ordeal: `5/s` is no number of users");
    }

    @Test
    void saysHowToNameACluster() {
        assertThat(said("load", "pause"))
                .startsWith("104 ordeal: say which cluster")
                .contains("stack.env");
    }

    private static String said(String... arguments) {
        var err = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
        return code + " " + err.toString().lines().findFirst().orElse("");
    }
}
