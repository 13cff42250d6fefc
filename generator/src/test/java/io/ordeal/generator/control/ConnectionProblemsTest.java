package io.ordeal.generator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.generator.drive.TestKeys;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.HttpVersion;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConnectionProblemsTest {
    private static List<String> problems(String target, int streams, int churn, Tls tls) {
        var second = Duration.ofSeconds(1);
        var load = new LoadPhase("rate", LoadModel.CONSTANT_RATE, 1, 1, second, true, 1);
        return ConnectionProblems.of(Plans.plan(
                "run",
                0,
                target,
                load,
                new Connections(
                        ConnectionMode.SHARED,
                        1,
                        second,
                        HttpVersion.HTTP_2,
                        streams,
                        churn,
                        second,
                        Optional.of(tls))));
    }

    @Test
    void findsNothingWrongWithGoodFiles() {
        var tls = new Tls(
                TestKeys.certificate("service"), TestKeys.certificate("client"), TestKeys.key("client"), "", false);

        assertThat(problems("https://shop.test", 10, 0, tls)).isEmpty();
    }

    @Test
    void namesTheFileThatIsNotThere() {
        assertThat(problems("https://shop.test", 10, 0, new Tls("/no/such.pem", "", "", "", false)))
                .containsExactly("the TLS authorities file `/no/such.pem` cannot be read by the generator"
                        + " (NoSuchFileException)");
    }

    @Test
    void namesTheFilesThatAreNotWhatTheyShouldBe() {
        var secret = TestKeys.file("bad.key", "-----BEGIN PRIVATE KEY-----\n!secret!\n");
        var text = TestKeys.file("bad.pem", "hello");

        assertThat(problems("https://shop.test", 10, 0, new Tls(text, text, secret, "", false)))
                .hasSize(3)
                .allMatch(problem -> problem.contains("bad."))
                .noneMatch(problem -> problem.contains("secret!"));
    }

    @Test
    void findsEverythingAtOnce() {
        assertThat(problems("http://shop.test", 0, -1, new Tls("", "", TestKeys.key("client"), "", false)))
                .hasSize(4)
                .anyMatch(problem -> problem.contains("does not begin with https://"))
                .anyMatch(problem -> problem.contains("a key without its certificate"));
    }
}
