package io.ordeal.generator;

import static org.awaitility.Awaitility.await;

import io.ordeal.generator.drive.Clock;
import io.ordeal.generator.drive.EventLoops;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
    @Test
    void endsByItself() {
        try (var loops = EventLoops.start(2);
                var warmUp = WarmUp.start(loops, 2, Clock.started(), Duration.ofMillis(300))) {
            await().until(warmUp::over);
        }
    }

    @Test
    void endsAtOnceWhenItIsClosed() {
        try (var loops = EventLoops.start(1)) {
            var warmUp = WarmUp.start(loops, 1, Clock.started(), Duration.ofHours(1));

            warmUp.close();

            await().until(warmUp::over);
        }
    }

    @Test
    void isOverAtOnceWhenThereIsNone() {
        try (var loops = EventLoops.start(1);
                var warmUp = WarmUp.start(loops, 1, Clock.started(), Duration.ZERO)) {
            await().until(warmUp::over);
        }
    }
}
