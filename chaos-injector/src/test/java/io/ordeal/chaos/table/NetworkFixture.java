package io.ordeal.chaos.table;

import io.ordeal.chaos.network.NetworkMeans;
import io.ordeal.chaos.network.SmallNetwork;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Faults on packets of a namespace of its own, with a service in it; see [#possible].
public final class NetworkFixture implements FaultFixture {
    private final SmallNetwork network = new SmallNetwork();
    private final String before = disciplines();
    private final NetworkMeans means = NetworkMeans.find();

    /// Whether this host, and this user, can have one.
    public static boolean possible() {
        return NetworkMeans.find().nftables().isEmpty();
    }

    @Override
    public String targets() {
        return """
              packets:
                network: {namespace: %s, ports: [%d]}
            """.formatted(network.name(), SmallNetwork.PORT);
    }

    @Override
    public List<Asked> faults() {
        return List.of(
                        asked(FaultKind.LATENCY, Map.of("latency", "80ms")),
                        asked(FaultKind.BANDWIDTH, Map.of("rate", "200KB/s")),
                        asked(FaultKind.LOSS, Map.of("loss", "30%")),
                        asked(FaultKind.PARTITION, Map.of("direction", "both")),
                        asked(FaultKind.PARTITION, Map.of("direction", "upstream")),
                        asked(FaultKind.PARTITION, Map.of("direction", "downstream")),
                        asked(FaultKind.RESET, Map.of()),
                        asked(FaultKind.REFUSE, Map.of()),
                        asked(FaultKind.DUPLICATE, Map.of("duplicate", "30%")),
                        asked(FaultKind.REORDER, Map.of("reorder", "30%")),
                        asked(FaultKind.CORRUPT, Map.of("corrupt", "30%")))
                .stream()
                .filter(asked -> means.impossible(asked.kind()).isEmpty())
                .toList();
    }

    private static Asked asked(FaultKind kind, Map<String, String> parameters) {
        return new Asked(kind, Facet.NETWORK, "packets", parameters);
    }

    /// Returns the tables, and the disciplines that were not there before.
    @Override
    public Optional<String> left() {
        var tables = network.inside("nft", "list", "tables");
        var disciplines = disciplines();
        return tables.isBlank() && disciplines.equals(before)
                ? Optional.empty()
                : Optional.of("tables: " + tables + "; disciplines: " + disciplines);
    }

    private String disciplines() {
        return network.inside("tc", "qdisc", "show");
    }

    @Override
    public void close() {
        network.close();
    }
}
