package io.ordeal.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.HttpVersion;
import io.ordeal.schemas.load.Tls;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionWordsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void saysNothingOfWhatIsUsual() {
        assertThat(ConnectionWords.of(new Connections(ConnectionMode.PER_USER, 0, SECOND)))
                .isEmpty();
    }

    @Test
    void saysEverythingThatIsUnusual() {
        var tls = new Tls("ca.pem", "", "", "", false);

        assertThat(ConnectionWords.of(new Connections(
                        ConnectionMode.SHARED,
                        20,
                        SECOND,
                        HttpVersion.HTTP_2,
                        50,
                        10,
                        Duration.ofSeconds(30),
                        Optional.of(tls))))
                .contains("20 shared, HTTP/2 with 50 streams each, new after 10 requests, all dropped every 30 s, TLS");
    }
}
