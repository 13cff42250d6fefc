package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.chaos.policy.Address;
import io.ordeal.chaos.proxy.Loops;
import io.ordeal.chaos.proxy.Shape;
import io.ordeal.chaos.proxy.TcpProxy;
import io.ordeal.chaos.proxy.Toxic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A proxy of the server: what the API says of it, and the pipe where it is enabled. Its owner guards it.
///
/// No thread that carries bytes ever waits for it: changes are handed to the event loops, which wait for nobody.
final class ServedProxy {
    private static final int PATIENCE_SECONDS = 5;
    /// Where nothing answers: an upstream that is no address is dialled like one that does not exist.
    private static final Address NOWHERE = new Address("invalid.", 0);

    private final String name;
    private final Loops loops;
    private final long seed;
    private final List<ToxicEntry> toxics = new ArrayList<>();
    private InetSocketAddress address;
    private String listen;
    private String upstream;
    private Optional<Lease> lease;
    private Optional<TcpProxy> pipe = Optional.empty();

    /// @param address what `entry` listens on, resolved
    /// @param seed of every random choice on it
    ServedProxy(ProxyEntry entry, InetSocketAddress address, Loops loops, long seed) {
        this.name = entry.name();
        this.loops = loops;
        this.seed = Toxic.mix(seed ^ Toxic.mix(name.hashCode()));
        this.listen = entry.listen();
        this.upstream = entry.upstream();
        this.lease = entry.lease();
        this.address = address;
        this.toxics.addAll(entry.toxics().orElse(List.of()));
    }

    String name() {
        return name;
    }

    String listen() {
        return listen;
    }

    String upstream() {
        return upstream;
    }

    boolean enabled() {
        return pipe.isPresent();
    }

    Optional<Lease> lease() {
        return lease;
    }

    void lease(Lease renewed) {
        lease = Optional.of(renewed);
    }

    Optional<TcpProxy> pipe() {
        return pipe;
    }

    /// Returns it as a request would describe it.
    ProxyEntry entry() {
        return new ProxyEntry(name, listen, upstream, enabled(), Optional.empty(), lease);
    }

    /// Whether it leads from `where` to `service`. Every interface is the same, however it is written.
    boolean leads(InetSocketAddress where, String service) {
        boolean everywhere = where.getAddress().isAnyLocalAddress()
                && address.getAddress().isAnyLocalAddress()
                && where.getPort() == address.getPort();
        return (everywhere || where.equals(address)) && service.equals(upstream);
    }

    void start() throws ApiProblem {
        if (pipe.isPresent()) {
            return;
        }
        var shape = new Shape(toxics.stream().map(this::toxic).toList());
        try {
            var host = address.getAddress().isAnyLocalAddress()
                    ? "*"
                    : address.getAddress().getHostAddress();
            var started = TcpProxy.start(
                    loops,
                    new Address(host, address.getPort()),
                    Address.parse(upstream).orElse(NOWHERE),
                    shape);
            pipe = Optional.of(started);
            address = started.address();
            listen = ListenAddress.shown(address);
        } catch (IOException e) {
            throw new ApiProblem(ApiProblem.FAILED, "listen tcp " + ListenAddress.shown(address) + ": bind: " + why(e));
        }
    }

    void stop() {
        pipe.ifPresent(TcpProxy::close);
        pipe = Optional.empty();
    }

    /// Becomes what `entry` says; toxics are kept.
    ///
    /// @param where what `entry` listens on, resolved
    void update(ProxyEntry entry, InetSocketAddress where) throws ApiProblem {
        if (!leads(where, entry.upstream())) {
            stop();
            listen = entry.listen();
            upstream = entry.upstream();
            address = where;
        }
        entry.lease().ifPresent(this::lease);
        if (entry.enabled()) {
            start();
        } else {
            stop();
        }
    }

    /// Returns the toxics as they are listed: those upstream first.
    List<ToxicEntry> toxics() {
        var sorted =
                new ArrayList<>(toxics.stream().filter(ToxicEntry::isUpstream).toList());
        toxics.stream().filter(toxic -> !toxic.isUpstream()).forEach(sorted::add);
        return sorted;
    }

    ToxicEntry find(String toxic) throws ApiProblem {
        return toxics.stream()
                .filter(entry -> entry.name().equals(toxic))
                .findAny()
                .orElseThrow(() -> new ApiProblem(ApiProblem.NOT_FOUND, "toxic not found"));
    }

    void add(ToxicEntry toxic) throws ApiProblem {
        if (toxics.stream().anyMatch(entry -> entry.name().equals(toxic.name()))) {
            throw new ApiProblem(ApiProblem.CONFLICT, "toxic already exists");
        }
        toxics.add(toxic);
        apply(toxic);
    }

    /// Puts `toxic` in the place of the one of its name.
    void replace(ToxicEntry toxic) throws ApiProblem {
        toxics.replaceAll(entry -> entry.name().equals(toxic.name()) ? toxic : entry);
        apply(toxic);
    }

    /// Notes a renewal of the lease of `toxic`, which changes nothing else.
    void renew(ToxicEntry toxic) {
        toxics.replaceAll(entry -> entry.name().equals(toxic.name()) ? toxic : entry);
    }

    void remove(ToxicEntry toxic) throws ApiProblem {
        toxics.removeIf(entry -> entry.name().equals(toxic.name()));
        if (pipe.isPresent()) {
            await(pipe.get().remove(toxic(toxic)));
        }
    }

    void removeAll() throws ApiProblem {
        for (var toxic : List.copyOf(toxics)) {
            remove(toxic);
        }
    }

    ObjectNode json() {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("name", name).put("listen", listen).put("upstream", upstream).put("enabled", enabled());
        node.putObject("Logger"); // an accident of Toxiproxy that clients have seen for years
        var array = node.putArray("toxics");
        toxics().forEach(toxic -> array.add(toxic.json()));
        lease.ifPresent(l -> node.put("lease_ms", l.millis()));
        return node;
    }

    private void apply(ToxicEntry toxic) throws ApiProblem {
        if (pipe.isPresent()) {
            await(pipe.get().add(toxic(toxic)));
        }
    }

    private Toxic toxic(ToxicEntry toxic) {
        return toxic.toxic(Toxic.mix(seed ^ Toxic.mix(toxic.name().hashCode() + 1L)));
    }

    private static void await(CompletableFuture<?> done) throws ApiProblem {
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ApiProblem(ApiProblem.FAILED, "the proxy does not answer: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ApiProblem(ApiProblem.FAILED, "interrupted");
        }
    }

    private static String why(IOException e) {
        var text = String.valueOf(e.getMessage());
        return text.substring(text.lastIndexOf(": ") + 2).toLowerCase(Locale.ROOT);
    }
}
