package io.ordeal.campaign.system;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.ordeal.aggregator.AggregatorService;
import io.ordeal.aggregator.AggregatorSettings;
import io.ordeal.campaign.run.CampaignRunner;
import io.ordeal.campaign.run.Cluster;
import io.ordeal.runtime.Environment;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/// A broker, generators and a service, each apart from the other, so that a test can stop one of them.
final class Site implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static {
        // Otherwise the JDK's server breaks connections off when more than 200 are idle.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    }

    private final Path folder;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Child stack;
    private final KafkaSettings kafka;
    private final Cluster cluster;
    private final HttpServer service;
    private int members;

    Site(Path folder) throws IOException {
        this.folder = folder;
        this.stack = part(Child.start(folder, Map.of(), "serve", "stack"));
        await().atMost(PATIENCE).until(() -> stack.said().contains("ORDEAL_REGISTRY_URL="));
        this.kafka = KafkaSettings.plain(said("ORDEAL_BOOTSTRAP_SERVERS"), said("ORDEAL_REGISTRY_URL"));
        this.cluster = part(Cluster.connect(kafka));
        var settings = new Settings("site", kafka, "127.0.0.1", 0, folder.resolve("state"), Optional.empty());
        part(AggregatorService.start(settings, AggregatorSettings.read(new Environment(Map.of()))));
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        var threads = part(Executors.newVirtualThreadPerTaskExecutor());
        service.setExecutor(threads);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        service.start();
        parts.push(() -> service.stop(0));
    }

    /// Adds a generator; returns when it is a member of the group.
    Child generator(String name, Map<String, String> environment) throws IOException {
        var all = new HashMap<>(Map.of("ORDEAL_GENERATOR_EVENT_LOOPS", "1", "ORDEAL_GENERATOR_WARM_UP", "1s"));
        all.putAll(environment);
        var child = part(Child.start(
                folder,
                all,
                "serve",
                "generator",
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--registry-url",
                kafka.registryUrl(),
                "--instance",
                name,
                "--http-port",
                "0"));
        members++;
        awaitMembers(members);
        return child;
    }

    /// Says that a generator was killed.
    void gone() {
        members--;
    }

    Child stack() {
        return stack;
    }

    Cluster cluster() {
        return cluster;
    }

    CampaignRunner runner(String document, String run) {
        var address = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        return new CampaignRunner(Campaigns.plan(document), run, address, address, cluster, Clock.systemUTC());
    }

    /// Returns host and port of the service.
    String address() {
        return "127.0.0.1:" + service.getAddress().getPort();
    }

    /// Returns everything that was said on the lifecycle topic.
    List<LifecycleEvent> lifecycle() {
        var found = new ConcurrentLinkedQueue<LifecycleEvent>();
        try (var letters = DeadLetters.open(kafka);
                var loop = RecordLoop.start(
                        "lifecycle",
                        kafka,
                        cluster.wire(),
                        Topic.LIFECYCLE,
                        LifecycleEvent.class,
                        new RecordLoop.Beginning(),
                        received -> found.add(received.value()),
                        letters)) {
            loop.awaitCaughtUp(PATIENCE);
        }
        return List.copyOf(found);
    }

    /// Returns everything that the generators said of `run`.
    List<Timing> timings(String run) {
        var found = new ConcurrentLinkedQueue<Timing>();
        try (var letters = DeadLetters.open(kafka);
                var loop = RecordLoop.start(
                        "timings",
                        kafka,
                        cluster.wire(),
                        Topic.TIMINGS,
                        Timing.class,
                        new RecordLoop.Beginning(),
                        received -> found.add(received.value()),
                        letters)) {
            loop.awaitCaughtUp(PATIENCE);
        }
        return found.stream().filter(timing -> timing.run().equals(run)).toList();
    }

    private void awaitMembers(int wanted) {
        var group = kafka.topicPrefix() + "generators";
        try (var admin = Admin.create(kafka.admin())) {
            await().atMost(PATIENCE).until(() -> stable(admin, group, wanted));
        }
    }

    private static boolean stable(Admin admin, String group, int wanted) throws InterruptedException {
        try {
            var found = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            return found != null
                    && found.members().size() == wanted
                    && "Stable".equals(found.groupState().toString());
        } catch (ExecutionException _) {
            return false; // there is no such group yet
        }
    }

    private String said(String variable) throws IOException {
        var line = Pattern.compile("export " + variable + "=(\\S+)").matcher(stack.said());
        if (!line.find()) {
            throw new IllegalStateException(stack.said());
        }
        return line.group(1);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the site cannot be cleared", e);
            }
        }
    }
}
