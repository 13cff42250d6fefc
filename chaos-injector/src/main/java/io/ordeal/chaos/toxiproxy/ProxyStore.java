package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.chaos.proxy.Loops;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every proxy of the server, by name. One lock guards all; who holds it never waits for a peer or a name server.
final class ProxyStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProxyStore.class);
    private static final int LEASE_LOOK_MILLIS = 20;

    private final Map<String, ServedProxy> proxies = new TreeMap<>();
    private final ScheduledExecutorService leases = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leases").factory());
    private final Loops loops;
    private final long seed;

    ProxyStore(Loops loops, long seed) {
        this.loops = loops;
        this.seed = seed;
        var _ = leases.scheduleWithFixedDelay(
                this::endLeases, LEASE_LOOK_MILLIS, LEASE_LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized ObjectNode all() {
        var node = JsonNodeFactory.instance.objectNode();
        proxies.values().forEach(proxy -> node.set(proxy.name(), proxy.json()));
        return node;
    }

    /// Hands every proxy to `seen`.
    synchronized void forEach(Consumer<ServedProxy> seen) {
        proxies.values().forEach(seen);
    }

    JsonNode create(GoJson body) throws ApiProblem {
        var entry = ProxyEntry.read(body, "");
        synchronized (this) {
            requireNew(entry);
        }
        var where = ListenAddress.resolve(entry.listen());
        synchronized (this) {
            requireNew(entry);
            return started(entry, where).json();
        }
    }

    /// What came of a populate: what there is now, and what went wrong.
    record Populated(ArrayNode proxies, Optional<ApiProblem> problem) {}

    Populated populate(GoJson body) {
        var done = JsonNodeFactory.instance.arrayNode();
        try {
            for (var entry : entries(body)) {
                var where = ListenAddress.resolve(entry.listen());
                done.add(populate(entry, where));
            }
            return new Populated(done, Optional.empty());
        } catch (ApiProblem e) {
            return new Populated(done, Optional.of(e));
        }
    }

    private static List<ProxyEntry> entries(GoJson body) throws ApiProblem {
        if (!body.node().isArray()) {
            throw ApiProblem.badBody(
                    "json: cannot unmarshal object into Go value of type []struct { toxiproxy.Proxy; Enabled *bool }");
        }
        var entries = new ArrayList<ProxyEntry>();
        for (var node : body.node()) {
            entries.add(ProxyEntry.read(new GoJson(node, "Proxy"), " at proxy " + (entries.size() + 1)));
        }
        return entries;
    }

    /// One that leads the same way stays as it is, but for toxics where there are any in `entry`.
    private synchronized JsonNode populate(ProxyEntry entry, InetSocketAddress where) throws ApiProblem {
        var there = Optional.ofNullable(proxies.get(entry.name()));
        if (there.filter(proxy -> proxy.leads(where, entry.upstream())).isPresent()) {
            var proxy = there.get();
            entry.lease().ifPresent(proxy::lease);
            if (entry.toxics().filter(toxics -> !toxics.isEmpty()).isPresent()) {
                proxy.removeAll();
                for (var toxic : entry.toxics().get()) {
                    proxy.add(toxic);
                }
            }
            return proxy.json();
        }
        there.ifPresent(ServedProxy::stop);
        proxies.remove(entry.name());
        return started(entry, where).json();
    }

    JsonNode update(String name, GoJson body) throws ApiProblem {
        ProxyEntry entry;
        synchronized (this) {
            entry = find(name).entry().updated(body);
        }
        var where = ListenAddress.resolve(entry.listen());
        synchronized (this) {
            var proxy = find(name);
            proxy.update(entry, where);
            return proxy.json();
        }
    }

    synchronized JsonNode show(String name, Optional<Lease> lease) throws ApiProblem {
        var proxy = find(name);
        if (proxy.lease().isPresent()) {
            lease.ifPresent(proxy::lease);
        }
        return proxy.json();
    }

    synchronized void delete(String name) throws ApiProblem {
        var proxy = find(name);
        proxies.remove(name);
        proxy.stop();
    }

    /// Enables every proxy and takes its toxics away. One that fails does not keep the others from it.
    synchronized void reset() throws ApiProblem {
        var problems = new ArrayList<String>();
        for (var proxy : proxies.values()) {
            try {
                proxy.removeAll();
                proxy.start();
            } catch (ApiProblem e) {
                problems.add(e.text());
            }
        }
        if (!problems.isEmpty()) {
            throw new ApiProblem(ApiProblem.FAILED, String.join("; ", problems));
        }
    }

    synchronized ArrayNode toxics(String name) throws ApiProblem {
        var array = JsonNodeFactory.instance.arrayNode();
        find(name).toxics().forEach(toxic -> array.add(toxic.json()));
        return array;
    }

    synchronized JsonNode addToxic(String name, Body body) throws ApiProblem {
        var proxy = find(name);
        var toxic = ToxicEntry.read(body.read());
        proxy.add(toxic);
        return toxic.json();
    }

    synchronized JsonNode showToxic(String name, String toxic, Optional<Lease> lease) throws ApiProblem {
        var proxy = find(name);
        var entry = proxy.find(toxic);
        var shown = entry.lease().flatMap(_ -> lease).map(entry::leased).orElse(entry);
        proxy.renew(shown);
        return shown.json();
    }

    synchronized JsonNode updateToxic(String name, String toxic, Body body) throws ApiProblem {
        var proxy = find(name);
        var updated = proxy.find(toxic).updated(body.read());
        proxy.replace(updated);
        return updated.json();
    }

    synchronized void removeToxic(String name, String toxic) throws ApiProblem {
        var proxy = find(name);
        proxy.remove(proxy.find(toxic));
    }

    synchronized void require(String name) throws ApiProblem {
        find(name);
    }

    /// A body that is read when it is known that there is something to do with it.
    interface Body {
        GoJson read() throws ApiProblem;
    }

    @Override
    public synchronized void close() {
        leases.shutdownNow();
        proxies.values().forEach(ServedProxy::stop);
        proxies.clear();
    }

    private ServedProxy started(ProxyEntry entry, InetSocketAddress where) throws ApiProblem {
        var proxy = new ServedProxy(entry, where, loops, seed);
        if (entry.enabled()) {
            proxy.start();
        }
        proxies.put(entry.name(), proxy);
        return proxy;
    }

    private void requireNew(ProxyEntry entry) throws ApiProblem {
        if (proxies.containsKey(entry.name())) {
            throw new ApiProblem(ApiProblem.CONFLICT, "proxy already exists");
        }
    }

    private ServedProxy find(String name) throws ApiProblem {
        return Optional.ofNullable(proxies.get(name))
                .orElseThrow(() -> new ApiProblem(ApiProblem.NOT_FOUND, "proxy not found"));
    }

    private synchronized void endLeases() {
        long now = System.nanoTime();
        for (var proxy : List.copyOf(proxies.values())) {
            if (isOver(proxy.lease(), now)) {
                log.atInfo().addKeyValue("proxy", proxy.name()).log("a lease has ended; the proxy goes");
                proxies.remove(proxy.name());
                proxy.stop();
                continue;
            }
            for (var toxic : proxy.toxics()) {
                if (isOver(toxic.lease(), now)) {
                    endLease(proxy, toxic);
                }
            }
        }
    }

    private static void endLease(ServedProxy proxy, ToxicEntry toxic) {
        log.atInfo()
                .addKeyValue("proxy", proxy.name())
                .addKeyValue("toxic", toxic.name())
                .log("a lease has ended; the toxic goes");
        try {
            proxy.remove(toxic);
        } catch (ApiProblem e) {
            log.atError().setCause(e).log("a toxic does not go");
        }
    }

    private static boolean isOver(Optional<Lease> lease, long now) {
        return lease.filter(l -> l.isOver(now)).isPresent();
    }
}
