package io.ordeal.campaign.stack;

import io.ordeal.aggregator.AggregatorService;
import io.ordeal.aggregator.AggregatorSettings;
import io.ordeal.chaos.ChaosInjectorService;
import io.ordeal.chaos.policy.Allowance;
import io.ordeal.chaos.policy.HostFacet;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Target;
import io.ordeal.generator.GeneratorService;
import io.ordeal.generator.GeneratorSettings;
import io.ordeal.generator.user.Secrets;
import io.ordeal.runtime.Environment;
import io.ordeal.runtime.Service;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.kafka.KafkaSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that a run needs, on this host: the broker, the generator, the injector and the aggregator in this JVM,
/// the
/// registry and the sample service as children. Closing it stops and removes all of it.
public final class EmbeddedStack implements AutoCloseable {
    /// The name of the target that stands for this host.
    public static final String HOST = "host";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedStack.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
    private final Optional<SampleService> sample;
    private final KafkaSettings kafka;
    private final ChaosInjectorService injector;
    private final Map<String, URI> metrics;
    private final AggregatorService judge;

    private EmbeddedStack(StackOptions options, Home home) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var base = push(BrokerAndRegistry.start(home.registry(), 0, 0, options.partitions()));
            var folder = base.folder();
            this.kafka = base.kafka();
            this.sample = options.sampleService().isPresent()
                    ? Optional.of(push(SampleService.in(home.sampleService(), folder.resolve("sample-service"))))
                    : Optional.empty();
            var settings = settings(folder);
            var environment = System.getenv();
            var aggregator = start(
                    threads,
                    () -> push(
                            AggregatorService.start(settings, AggregatorSettings.read(new Environment(environment)))));
            var generator = start(
                    threads,
                    () -> push(GeneratorService.start(
                            settings, GeneratorSettings.read(environment), secrets(options, environment))));
            var chaos = start(threads, () -> push(ChaosInjectorService.start(settings, configuration(options))));
            base.awaitReady(); // the services get ready meanwhile, and ask it again until it answers
            this.injector = await(chaos);
            this.judge = await(aggregator);
            this.metrics = metrics(judge, await(generator));
            serving(List.of(judge, await(generator), injector));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Starts a stack and waits until all of it serves.
    ///
    /// @throws IllegalStateException when something does not start; what had started is stopped
    public static EmbeddedStack start(StackOptions options) {
        return new EmbeddedStack(options, Home.find());
    }

    /// Returns how to reach the broker and the registry.
    public KafkaSettings kafka() {
        return kafka;
    }

    /// Returns the address of the proxy in front of `target`.
    public URI proxy(String target) {
        var listen = injector.listenAddress(target);
        return URI.create("http://" + listen.getHostString() + ":" + listen.getPort());
    }

    /// Returns where runs can be looked at while they go on.
    public URI livePage() {
        return URI.create("http://127.0.0.1:" + judge.port() + "/");
    }

    /// Returns the sample service's own address, past the proxy, when there is one.
    public Optional<URI> sampleService() {
        return sample.map(SampleService::address);
    }

    /// Returns where each service shows Prometheus its metrics, by the name that it has as a job.
    public Map<String, URI> metrics() {
        return metrics;
    }

    private Map<String, URI> metrics(AggregatorService aggregator, GeneratorService generator) {
        var found = new HashMap<String, URI>();
        found.put("ordeal-aggregator", metrics(aggregator.port()));
        found.put("ordeal-generator", metrics(generator.httpPort()));
        found.put("ordeal-chaos-injector", metrics(injector.httpPort()));
        sample.ifPresent(
                service -> found.put("sample-service", service.address().resolve("/metrics")));
        return Map.copyOf(found);
    }

    private static URI metrics(int port) {
        return URI.create("http://127.0.0.1:" + port + "/metrics");
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception e) { // whatever it is, the others must still be stopped
                log.atWarn()
                        .setCause(e)
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .log("did not stop in order");
            }
        }
    }

    private InjectorConfiguration configuration(StackOptions options) {
        var limits = options.injector().limits();
        var targets = new ArrayList<>(options.injector().targets());
        options.sampleService()
                .ifPresent(name -> sample.ifPresent(service -> targets.add(service.target(name, limits))));
        if (options.injector().target(HOST).isEmpty()) {
            targets.add(new Target(HOST, List.of(new HostFacet()), Allowance.everything(limits)));
        }
        return new InjectorConfiguration(targets, limits);
    }

    private static Secrets secrets(StackOptions options, Map<String, String> environment) {
        return options.ownPlans()
                ? new Secrets(new Environment(environment)::text)
                : GeneratorSettings.secrets(environment);
    }

    private Settings settings(Path folder) {
        return new Settings("embedded", kafka, "127.0.0.1", 0, folder.resolve("state"), Optional.empty());
    }

    private static void serving(List<Service> services) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var service : services) {
            while (!service.ready()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "the " + service.name() + " does not serve within " + PATIENCE.toSeconds() + " s");
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private <T extends AutoCloseable> T push(T part) {
        parts.push(part);
        return part;
    }

    private static <T> Future<T> start(ExecutorService threads, Callable<T> part) {
        return threads.submit(part);
    }

    private static <T> T await(Future<T> part) {
        try {
            return part.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the embedded stack does not start: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the embedded stack was starting", e);
        }
    }
}
