package io.ordeal.chaos.toxiproxy;

import io.ordeal.chaos.proxy.TcpProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// What the server says about its proxies in the Prometheus text format: Toxiproxy's two families, which grow while
/// connections are open, and ours.
final class ProxyMetrics {
    private final StringBuilder text = new StringBuilder();

    /// A proxy at one moment.
    private record Seen(String labels, String streamLabels, TcpProxy pipe, int toxics) {}

    private ProxyMetrics() {}

    static String of(ProxyStore store) {
        var seen = new ArrayList<Seen>();
        store.forEach(proxy -> proxy.pipe().ifPresent(pipe -> {
            var labels = Map.of("proxy", proxy.name());
            var more = Map.of("proxy", proxy.name(), "listener", proxy.listen(), "upstream", proxy.upstream());
            seen.add(new Seen(labels(labels), labels(more), pipe, proxy.toxics().size()));
        }));
        var metrics = new ProxyMetrics();
        metrics.streams(seen, "received", TcpProxy.Bytes::received);
        metrics.streams(seen, "sent", TcpProxy.Bytes::sent);
        metrics.family(
                "ordeal_proxy_connections_total",
                "counter",
                "Connections so far.",
                seen,
                s -> s.pipe().accepted());
        metrics.family(
                "ordeal_proxy_connections",
                "gauge",
                "Connections that are open.",
                seen,
                s -> s.pipe().open());
        metrics.family(
                "ordeal_proxy_held_bytes",
                "gauge",
                "Bytes that toxics hold back.",
                seen,
                s -> s.pipe().heldBytes());
        metrics.family("ordeal_proxy_toxics", "gauge", "Toxics in force.", seen, Seen::toxics);
        return metrics.text.toString();
    }

    private void streams(List<Seen> seen, String what, Function<TcpProxy.Bytes, Long> value) {
        var name = "toxiproxy_proxy_" + what + "_bytes_total";
        head(name, "counter", "Bytes that a proxy has " + what + ".");
        for (var proxy : seen) {
            for (boolean upstream : new boolean[] {false, true}) {
                var direction = "direction=\"" + (upstream ? "upstream" : "downstream") + "\",";
                line(
                        name,
                        direction + proxy.streamLabels(),
                        value.apply(proxy.pipe().bytes(upstream)));
            }
        }
    }

    private void family(String name, String type, String help, List<Seen> seen, Function<Seen, Number> value) {
        head(name, type, help);
        seen.forEach(proxy -> line(name, proxy.labels(), value.apply(proxy)));
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, Number value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    private static String labels(Map<String, String> labels) {
        var shown = new ArrayList<String>();
        new TreeMap<>(labels).forEach((name, value) -> shown.add(name + "=\"" + escaped(value) + "\""));
        return String.join(",", shown);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
