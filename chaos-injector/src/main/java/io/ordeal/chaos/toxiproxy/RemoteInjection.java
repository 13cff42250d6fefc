package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.policy.Address;
import io.ordeal.chaos.policy.ProxyFacet;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A fault as toxics at a Toxiproxy server.
///
/// What passes there is the service's own protocol, which we do not speak, and a byte of ours would reach the
/// service: so the effect is what the server says of its chain, and that its proxy takes connections.
final class RemoteInjection implements Injection {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final ProxyFacet.Remote remote;
    private final RemoteApi api;
    private final RemoteFault fault;
    private final InstantSource clock;
    private final Duration lease;
    private final List<RemoteToxic> toxics = new ArrayList<>();

    /// @param name of its toxics at the server; nobody else's
    /// @param duration of the fault: a little later its toxics go by themselves where the server knows leases
    RemoteInjection(ProxyFacet.Remote remote, String name, RemoteFault fault, Duration duration, InstantSource clock) {
        var longest = duration.plus(MARGIN);
        this.lease = longest.compareTo(LONGEST_LEASE) < 0 ? longest : LONGEST_LEASE;
        this.remote = remote;
        this.api = new RemoteApi(remote.api());
        this.fault = fault;
        this.clock = clock;
        for (var stream : List.of(Direction.UPSTREAM, Direction.DOWNSTREAM)) {
            if (fault.direction().covers(stream == Direction.UPSTREAM)) {
                toxics.add(new RemoteToxic(remote.api(), remote.name(), name + "-" + stream.published()));
            }
        }
    }

    @Override
    public Undo undo() {
        return new Undo.Several(List.copyOf(toxics));
    }

    @Override
    public List<String> steps() {
        return toxics.stream()
                .map(toxic -> "POST " + remote.api() + RemoteApi.proxyPath(remote.name()) + "/toxics " + body(toxic))
                .toList();
    }

    @Override
    public Instant act() throws InjectionFailed, InterruptedException {
        if (!proxy().path("enabled").asBoolean()) {
            throw new InjectionFailed(remote.name() + " is disabled at " + remote.api());
        }
        var actedAt = clock.instant();
        for (var toxic : toxics) {
            var reply = send("POST", RemoteApi.proxyPath(remote.name()) + "/toxics", body(toxic));
            if (!reply.ok()) {
                throw refused(reply);
            }
        }
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<String, String>();
        for (var toxic : toxics) {
            var reply = send("GET", RemoteApi.toxicPath(remote.name(), toxic.toxic()), "");
            if (!reply.ok()) {
                throw refused(reply);
            }
            var there = read(reply);
            for (var attribute : fault.attributes().entrySet()) {
                if (there.path("attributes").path(attribute.getKey()).asLong(Long.MIN_VALUE) != attribute.getValue()) {
                    throw new InjectionFailed("the server has another " + attribute.getKey() + ": " + there);
                }
            }
            evidence.put(
                    there.path("stream").asText() + "_toxic",
                    there.path("attributes").toString());
        }
        evidence.put("seen_by", "the server's word");
        evidence.put("connect_during", Shown.millis(connect()));
        return evidence;
    }

    @Override
    public void revert() throws InjectionFailed, InterruptedException {
        try {
            undo().perform();
        } catch (IllegalStateException e) {
            throw new InjectionFailed("a toxic is not taken back", e);
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        try {
            if (!undo().done()) {
                throw new InjectionFailed("a toxic is still at " + remote.api());
            }
        } catch (IllegalStateException e) {
            throw new InjectionFailed("nobody can tell whether it is gone", e);
        }
        var evidence = new LinkedHashMap<>(undo().evidence());
        evidence.put("connect_after", Shown.millis(connect()));
        return evidence;
    }

    private String body(RemoteToxic toxic) {
        var node = MAPPER.createObjectNode();
        node.put("name", toxic.toxic()).put("type", fault.type());
        node.put("stream", toxic.toxic().endsWith("-upstream") ? "upstream" : "downstream");
        node.put("toxicity", fault.toxicity()).put("lease_ms", lease.toMillis());
        var attributes = node.putObject("attributes");
        fault.attributes().forEach(attributes::put);
        return node.toString();
    }

    /// Returns how long the proxy takes to accept a connection, which it does whatever the toxics.
    private Duration connect() throws InjectionFailed {
        var listen = proxy().path("listen").asText();
        var address = Address.parse(listen)
                .orElseThrow(() -> new InjectionFailed(remote.name() + " listens nowhere: " + listen));
        // A server that listens everywhere is reached where its API is.
        boolean everywhere = address.host().equals("::") || address.host().equals("0.0.0.0");
        var host = everywhere ? remote.api().getHost() : address.host();
        long start = System.nanoTime();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, address.port()), CONNECT_MILLIS);
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (IOException e) {
            throw new InjectionFailed(remote.name() + " takes no connection", e);
        }
    }

    private JsonNode proxy() throws InjectionFailed {
        var reply = send("GET", RemoteApi.proxyPath(remote.name()), "");
        if (!reply.ok()) {
            throw refused(reply);
        }
        return read(reply);
    }

    private RemoteApi.Reply send(String method, String path, String body) throws InjectionFailed {
        try {
            return api.send(method, path, body);
        } catch (IOException e) {
            throw new InjectionFailed(remote.api() + " does not answer", e);
        }
    }

    private static JsonNode read(RemoteApi.Reply reply) throws InjectionFailed {
        try {
            return MAPPER.readTree(reply.text());
        } catch (JsonProcessingException e) {
            throw new InjectionFailed("the server does not speak JSON", e);
        }
    }

    private InjectionFailed refused(RemoteApi.Reply reply) {
        return new InjectionFailed(remote.api() + " answers " + reply.status() + ": "
                + reply.text().strip());
    }
}
