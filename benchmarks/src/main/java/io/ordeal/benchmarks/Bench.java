package io.ordeal.benchmarks;

import io.ordeal.aggregator.AggregatorService;
import io.ordeal.aggregator.AggregatorSettings;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.runtime.kafka.TopicSetup;
import io.ordeal.runtime.kafka.Wire;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A broker and a registry in a process of their own, and the aggregator in this one.
final class Bench implements AutoCloseable {
    private static final Pattern BROKER = Pattern.compile("ORDEAL_BOOTSTRAP_SERVERS=(\\S+)");
    private static final Pattern REGISTRY = Pattern.compile("ORDEAL_REGISTRY_URL=(\\S+)");

    private final Path out;
    private final Part stack;
    private final String broker;
    private final String registry;

    /// A set of topics, with what is needed to read and write them.
    record Topics(KafkaSettings kafka, Wire wire) implements AutoCloseable {
        @Override
        public void close() {
            wire.close();
        }
    }

    private Bench(Path out, Part stack) throws IOException {
        this.out = out;
        this.stack = stack;
        this.broker = stack.await(BROKER);
        this.registry = stack.await(REGISTRY);
    }

    /// Starts it.
    ///
    /// @param root of the checkout
    static Bench start(Path root) throws IOException {
        var out = Files.createTempDirectory("ordeal-bench-");
        var command = List.of(root.resolve("ordeal").toString(), "serve", "stack");
        var stack = Part.start("stack", out.resolve("stack.log"), Map.of(), command);
        try {
            return new Bench(out, stack);
        } catch (IOException e) {
            stack.close();
            throw e;
        }
    }

    /// Makes a set of topics of its own.
    Topics topics(String prefix) {
        var kafka = new KafkaSettings(broker, registry, prefix + ".", Map.of(), Map.of());
        TopicSetup.create(kafka, MadeUpRun.SEGMENTS, (short) 1);
        return new Topics(kafka, Wire.open(kafka, Duration.ofSeconds(60)));
    }

    /// Starts the aggregator with one thread, and waits until it is ready.
    AggregatorService aggregator(Topics topics) {
        var folder = folder(topics.kafka.topicPrefix());
        var settings = new Settings("bench", topics.kafka, "127.0.0.1", 0, folder, Optional.empty());
        var service = AggregatorService.start(settings, AggregatorSettings.usual());
        while (!service.ready()) {
            LockSupport.parkNanos(1_000_000);
        }
        return service;
    }

    /// Returns a folder that goes with it.
    Path folder(String name) {
        return out.resolve(name);
    }

    /// Processor time of the threads of this process with `name` in their name, seconds.
    static double processor(String name) {
        var threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            boolean counts = info != null && info.getThreadName().contains(name);
            nanos += counts ? Math.max(threads.getThreadCpuTime(id), 0) : 0;
        }
        return nanos / 1e9;
    }

    /// Returns what is left on the heap after a collection, MiB.
    static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    @Override
    public void close() throws IOException {
        stack.close();
        WholeRun.delete(out);
    }
}
