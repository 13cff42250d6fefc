package io.ordeal.chaos.table;

import io.ordeal.chaos.container.SmallContainer;
import io.ordeal.chaos.network.NetworkMeans;
import io.ordeal.chaos.network.SmallNetwork;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Faults on a container of a real engine; see [#possible].
public final class ContainerFixture implements FaultFixture {
    private final SmallContainer container = new SmallContainer();
    private final String before = shown();
    private final NetworkMeans means = NetworkMeans.find();

    /// Whether an engine answers, without which there is no such fixture.
    public static boolean possible() {
        return SmallContainer.possible();
    }

    @Override
    public String targets() {
        return """
              contained:
                container: {name: %s, engine: "%s"}
            """.formatted(container.id(), SmallContainer.engine());
    }

    @Override
    public List<Asked> faults() {
        return List.of(
                        asked(FaultKind.PAUSE, Map.of()),
                        asked(FaultKind.THROTTLE, Map.of("quota", "20%")),
                        asked(FaultKind.MEMORY_LIMIT, Map.of("limit", "64MB")),
                        asked(FaultKind.THREADS, Map.of("left", "3")),
                        asked(FaultKind.BANDWIDTH, Map.of("rate", "200KB/s")),
                        asked(FaultKind.LOSS, Map.of("loss", "30%")),
                        asked(FaultKind.PARTITION, Map.of()),
                        asked(FaultKind.KILL, Map.of()),
                        asked(FaultKind.TERMINATE, Map.of("grace", "3s")),
                        asked(FaultKind.RESTART, Map.of("grace", "3s")))
                .stream()
                .filter(asked -> asked.kind().group() != FaultKind.Group.TRAFFIC
                        || means.impossible(asked.kind()).isEmpty())
                .toList();
    }

    private static Asked asked(FaultKind kind, Map<String, String> parameters) {
        return new Asked(kind, Facet.CONTAINER, "contained", parameters);
    }

    @Override
    public Optional<String> left() {
        var now = shown();
        return now.equals(before) ? Optional.empty() : Optional.of(now + " instead of " + before);
    }

    /// Limits below 1 stand for none: the engine cannot be told to forget one, only to have none.
    private String shown() {
        var inspected = container.inspect();
        var host = Objects.requireNonNull(inspected.getHostConfig());
        return "status " + inspected.getState().getStatus() + ", quota " + limit(host.getCpuQuota()) + ", memory "
                + limit(host.getMemory()) + "/" + limit(host.getMemorySwap()) + ", pids " + limit(host.getPidsLimit())
                + network(Objects.requireNonNullElse(inspected.getState().getPidLong(), 0L));
    }

    /// Returns the tables and queues of its network; one that does not run has none.
    private static String network(long pid) {
        if (pid == 0) {
            return "";
        }
        var enter = "--net=/proc/" + pid + "/ns/net";
        return ", tables " + SmallNetwork.host("nsenter", enter, "nft", "list", "tables") + ", queues "
                + SmallNetwork.host("nsenter", enter, "tc", "qdisc", "show");
    }

    private static long limit(@org.jspecify.annotations.Nullable Long value) {
        return value == null ? 0 : Math.max(0, value);
    }

    @Override
    public void close() {
        container.close();
    }
}
