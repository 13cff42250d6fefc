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
    /// What it prints when it serves.
    static final String READY = "the aggregator is ready";

    private ChildAggregator() {}

    /// How it shares the work.
    enum Kind {
        /// One that takes up its work again after a restart, without a rebalance.
        STATIC,
        /// One of two that stand by for each other.
        STANDBY
    }

    /// Runs until it is killed.
    ///
    /// @param arguments bootstrap servers, a folder for state, and its kind
    @SuppressWarnings("MustBeClosedChecker") // it runs until it is killed
    public static void main(String[] arguments) throws InterruptedException {
        var settings = new Settings(
                "child",
                KafkaSettings.plain(arguments[0], "http://127.0.0.1:1"),
                "127.0.0.1",
                0,
                Path.of(arguments[1]),
                Optional.empty());
        var kind = Kind.valueOf(arguments[2]);
        var service = AggregatorService.start(settings, settings(kind), new FixedFrames(), () -> {});
        while (!service.ready()) {
            Thread.sleep(10);
        }
        System.out.println(READY);
        Thread.currentThread().join();
    }

    static AggregatorSettings settings(Kind kind) {
        boolean alone = kind == Kind.STATIC;
        return new AggregatorSettings(
                1,
                2,
                Duration.ofMillis(100),
                Duration.ofSeconds(alone ? 20 : 2),
                Duration.ofSeconds(2),
                alone ? 0 : 1,
                alone ? Optional.of("child") : Optional.empty(),
                Patience.USUAL,
                Duration.ofSeconds(5));
    }

    /// Starts one whose state and log are in `folder` under `name`.
    static Process start(TestBroker broker, Path folder, String name, Kind kind) {
        try {
            var builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx384m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ChildAggregator.class.getName(),
                            broker.settings().bootstrapServers(),
                            folder.resolve(name).toString(),
                            kind.name()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve(name + ".log").toFile()));
            builder.environment().put("ORDEAL_LOG_KAFKA", "INFO");
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
