package io.ordeal.aggregator;

import io.ordeal.aggregator.window.Patience;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An aggregator in a process of its own, to be killed.
final class ChildAggregator {
    private ChildAggregator() {}

    /// Runs until it is killed.
    ///
    /// @param arguments bootstrap servers and a folder for state
    @SuppressWarnings("MustBeClosedChecker") // it runs until it is killed
    public static void main(String[] arguments) throws InterruptedException {
        var settings = new Settings(
                "child",
                KafkaSettings.plain(arguments[0], "http://127.0.0.1:1"),
                "127.0.0.1",
                0,
                Path.of(arguments[1]),
                Optional.empty());
        var _ = AggregatorService.start(settings, settings(), new FixedFrames(), () -> {});
        Thread.currentThread().join();
    }

    static AggregatorSettings settings() {
        return new AggregatorSettings(
                1,
                2,
                Duration.ofMillis(100),
                Duration.ofSeconds(6),
                Duration.ofSeconds(2),
                0,
                Optional.of("child"),
                Patience.USUAL,
                Duration.ofSeconds(5));
    }

    static Process start(String bootstrapServers, Path folder, String name) {
        try {
            return new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx384m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ChildAggregator.class.getName(),
                            bootstrapServers,
                            folder.resolve("state").toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
