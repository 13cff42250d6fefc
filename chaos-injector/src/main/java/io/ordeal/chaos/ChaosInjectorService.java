package io.ordeal.chaos;

import io.ordeal.chaos.control.Announcements;
import io.ordeal.chaos.control.Controller;
import io.ordeal.chaos.control.FaultMetrics;
import io.ordeal.chaos.control.HttpApi;
import io.ordeal.chaos.control.KafkaOutlet;
import io.ordeal.chaos.control.Neighbours;
import io.ordeal.chaos.control.PolicyWatch;
import io.ordeal.chaos.control.Recovery;
import io.ordeal.chaos.fault.Docket;
import io.ordeal.chaos.journal.Guard;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.Address;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.InvalidConfiguration;
import io.ordeal.chaos.policy.ProxyFacet;
import io.ordeal.chaos.sample.KafkaSamples;
import io.ordeal.chaos.sample.Sampler;
import io.ordeal.chaos.sample.ShownSamples;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.runtime.Problem;
import io.ordeal.runtime.Service;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.http.ProbeServer;
import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.Publisher;
import io.ordeal.runtime.kafka.Received;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.runtime.kafka.Wire;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.wire.Topic;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A chaos injector that runs: it obeys the control topic, says on the lifecycle topic what it does, and leaves
/// nothing behind, however it ends.
public final class ChaosInjectorService implements Service {
    private static final Logger log = LoggerFactory.getLogger(ChaosInjectorService.class);
    private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(2);
    private static final Duration HEARING = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final String COMPONENT = "chaos-injector";

    private final InstantSource clock = InstantSource.system();
    private final Instant startedAt = clock.instant();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Targets targets;
    private final Guard guard;
    private final ProbeServer http;
    private final RecordLoop<Command> commands;

    /// Starts the parts in the order in which they rely on one another; what has started is closed when one fails.
    private ChaosInjectorService(Settings settings, Configured configured) throws IOException {
        try {
            var folder = settings.stateDir().resolve(COMPONENT).toAbsolutePath();
            var journal = part(Journal.open(folder, startedAt));
            // Before anything else is touched: what an earlier life has left is undone, and a guard watches over this.
            var facts = Recovery.run(journal);
            guard = part(Guard.start(folder));
            targets = part(Targets.start(configured.configuration(), folder, journal, clock, resolved(settings)));
            var registry = new PrometheusRegistry();
            var metrics = new FaultMetrics(registry);
            var wire = part(Wire.open(settings.kafka(), REGISTRY_PATIENCE));
            var deadLetters = part(DeadLetters.open(settings.kafka()));
            var self = COMPONENT + "@" + settings.instance();
            var outlet = part(KafkaOutlet.open(
                    self, Publisher.open(settings.kafka(), wire, Topic.LIFECYCLE, LifecycleEvent.class)));
            for (var fact : facts) {
                outlet.say(fact.run(), clock.instant(), fact.event());
                if (fact.settled()) {
                    journal.strike(fact.entry());
                }
            }
            var announcements = part(Announcements.start(targets, outlet, clock));
            var neighbours = new Neighbours(self, clock);
            hear(neighbours, settings, wire, deadLetters);
            var controller = part(new Controller(
                    configured.configuration(),
                    neighbours::answerFor,
                    new Controller.World(targets, journal, outlet, metrics, guard::alive, clock)));
            commands = part(RecordLoop.start(
                    "control",
                    settings.kafka(),
                    wire,
                    Topic.CONTROL,
                    Command.class,
                    new RecordLoop.At(startedAt.minus(Docket.LONGEST_VALIDITY)),
                    received -> receive(received, controller),
                    deadLetters));
            http = part(ProbeServer.start(COMPONENT, settings.httpHost(), settings.httpPort(), this::ready, registry));
            var samples = part(samples(settings, wire, configured.configuration(), registry));
            HttpApi.serve(http, settings.token(), targets, controller);
            configured
                    .source()
                    .ifPresent(source -> part(PolicyWatch.start(
                            source.file(),
                            source.text(),
                            LOOK,
                            new PolicyWatch.World(
                                    targets,
                                    controller,
                                    outlet,
                                    metrics,
                                    clock,
                                    changed -> spareControlPlane(settings, changed),
                                    () -> {
                                        samples.adopt(targets.configuration());
                                        announcements.say();
                                    }))));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// What an injector begins with.
    ///
    /// @param source where its configuration is from; it is read again when that changes
    private record Configured(InjectorConfiguration configuration, Optional<Source> source) {}

    private record Source(Path file, String text) {}

    /// Starts an injector for the targets of `configuration`; it obeys when this returns. Whether its processes serve
    /// is what [#ready] says.
    ///
    /// @throws InvalidConfiguration when a proxy would lead to the broker or the registry
    /// @throws UncheckedIOException when it cannot listen, or its state folder cannot be used
    public static ChaosInjectorService start(Settings settings, InjectorConfiguration configuration) {
        return start(settings, new Configured(configuration, Optional.empty()));
    }

    /// Starts an injector for the targets that `file` names, and reads it again whenever it changes.
    ///
    /// @throws IOException when it cannot be read
    /// @throws InvalidConfiguration with every problem of it
    public static ChaosInjectorService start(Settings settings, Path file) throws IOException {
        var text = Files.readString(file);
        var configuration = InjectorConfiguration.parse(file.getFileName().toString(), text);
        return start(settings, new Configured(configuration, Optional.of(new Source(file, text))));
    }

    private static ChaosInjectorService start(Settings settings, Configured configured) {
        spareControlPlane(settings, configured.configuration());
        try {
            var service = new ChaosInjectorService(settings, configured);
            log.atInfo()
                    .addKeyValue("targets", configured.configuration().targets().size())
                    .addKeyValue("http", service.httpPort())
                    .addKeyValue("mechanisms", service.targets.mechanisms())
                    .log("chaos injector started");
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException("the chaos injector cannot start: " + e.getMessage(), e);
        }
    }

    /// Nothing waits for samples: they have a thread and a producer of their own.
    private Sampler samples(
            Settings settings, Wire wire, InjectorConfiguration configuration, PrometheusRegistry registry) {
        var published = KafkaSamples.open(
                Publisher.open(settings.kafka(), wire, Topic.RESOURCES, ResourceSample.class, KafkaSamples.PROPERTIES));
        var outlet = ShownSamples.register(registry, published, clock);
        return Sampler.start(new Sampler.World(settings.instance(), targets::process, outlet, clock), configuration);
    }

    @Override
    public String name() {
        return COMPONENT;
    }

    /// Whether it has read the commands that were there, its guard is there, and every process that is its own to run
    /// serves.
    @Override
    public boolean ready() {
        return !closed.get() && commands.caughtUp() && guard.alive() && targets.ready();
    }

    /// Returns where the proxy of `target` listens.
    ///
    /// @throws IllegalArgumentException when it has none
    public InetSocketAddress listenAddress(String target) {
        return targets.listenAddress(target)
                .orElseThrow(() -> new IllegalArgumentException("no proxy for a target named " + target));
    }

    /// Returns the port of its HTTP server.
    public int httpPort() {
        return http.port();
    }

    /// Reverts every fault, says so, and ends what it has started.
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            while (!parts.isEmpty()) {
                var part = parts.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    log.atError()
                            .setCause(e)
                            .addKeyValue("part", part.getClass().getSimpleName())
                            .log("closing failed");
                }
            }
        }
    }

    /// Old commands were for an earlier life; those that are still valid are for this one too.
    private void receive(Received<Command> received, Controller controller) {
        var command = received.value();
        if (received.timestamp().isBefore(startedAt) && Docket.expired(command, clock.instant())) {
            return;
        }
        controller.command(command);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /// Returns when what the others have announced is known.
    private void hear(Neighbours neighbours, Settings settings, Wire wire, DeadLetters deadLetters) {
        var since = startedAt.minus(Announcements.EVERY.plusSeconds(15));
        part(RecordLoop.start(
                        "neighbours",
                        settings.kafka(),
                        wire,
                        Topic.LIFECYCLE,
                        LifecycleEvent.class,
                        new RecordLoop.At(since),
                        received -> neighbours.hear(received.value(), received.timestamp()),
                        deadLetters))
                .awaitCaughtUp(HEARING);
    }

    /// The injector must not cut itself off: no proxy may lead to the broker or the registry.
    private static InjectorConfiguration spareControlPlane(Settings settings, InjectorConfiguration configuration) {
        var addresses = controlPlane(settings);
        var problems = configuration.targets().stream()
                .filter(target -> target.facet(ProxyFacet.Own.class)
                        .filter(proxy -> addresses.contains(proxy.upstream()))
                        .isPresent())
                .map(target -> new Problem(
                        "targets." + target.name() + ".proxy.upstream",
                        "is the broker or the registry that Ordeal itself works with"))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
        return configuration;
    }

    /// Returns where the broker and the registry are.
    private static Set<Address> controlPlane(Settings settings) {
        var spared = new ArrayList<String>(
                List.of(settings.kafka().bootstrapServers().split(",", -1)));
        spared.add(settings.kafka().registryUrl().replaceFirst("^https?://", "").replaceFirst("/.*$", ""));
        return spared.stream()
                .flatMap(text -> Address.parse(text.strip()).stream())
                .collect(Collectors.toSet());
    }

    /// Returns every address that the broker and the registry have now.
    private static List<InetSocketAddress> resolved(Settings settings) {
        var resolved = new ArrayList<InetSocketAddress>();
        for (var address : controlPlane(settings)) {
            try {
                for (var each : InetAddress.getAllByName(address.host())) {
                    resolved.add(new InetSocketAddress(each, address.port()));
                }
            } catch (UnknownHostException e) {
                log.atWarn().addKeyValue("host", address.host()).log("unknown host: its packets cannot be spared");
            }
        }
        return resolved;
    }
}
