package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.fault.Configurations;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Injections;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.wire.RecordCodec;
import io.ordeal.schemas.wire.Topic;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.AvroRuntimeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred thousand commands that nobody should obey: the bytes of the topic, through the decoder, the docket and
/// the controller, with a real journal. The same seed makes the same ones.
class HostileCommandsTest {
    private static final int MANY = 100_000;
    private static final RecordCodec<Command> CODEC = RecordCodec.of(Topic.CONTROL, Command.class);
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "../../etc/passwd",
            "/dev/sda",
            "; rm -rf /",
            "$(reboot)",
            "`id`",
            "| nc 10.0.0.1 1",
            "api; kill -9 1",
            "api\nhost",
            "\0",
            "\u202eipa",
            "NaN",
            "-1",
            "1e308",
            "99999999999999999999",
            "Infinity",
            "0x7fffffff",
            "%s%n%x",
            "${jndi:ldap://x}",
            "' OR 1=1 --",
            "host-of-somebody-else",
            "API",
            "a".repeat(20_000),
            "\uD800");
    private static final List<String> KINDS =
            List.of("latency", "kill", "pause", "cpu", "meteor", "LATENCY", "", "../kill", "disk-fill", "crash");
    private static final List<String> NAMES =
            List.of("latency", "jitter", "rate", "load", "cores", "direction", "via", "fill", "moment", "../x", "");

    @TempDir
    private Path folder;

    private final Random random = new Random(42);
    private final Counting heard = new Counting();
    private final AtomicInteger prepared = new AtomicInteger();
    private int poison;
    private byte[] last = {};

    @Test
    void areNeverAppliedNeverBreakAnythingAndAreAllAccountedFor() throws Exception {
        var registry = new PrometheusRegistry();
        try (var journal = Journal.open(folder, Instant.now())) {
            var world = new Controller.World(
                    new None(), journal, heard, new FaultMetrics(registry), () -> true, InstantSource.system());
            try (var controller = new Controller(Configurations.usual(), world)) {
                for (int i = 0; i < MANY; i++) {
                    receive(controller, hostile(i));
                }
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> decided(registry).values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                                == MANY - poison);
                assertThat(controller.faults()).isEmpty();
            }
        }
        var decided = decided(registry);
        assertThat(prepared).as("injections that were made").hasValue(0);
        assertThat(decided.get("injected")).isZero();
        assertThat(decided.get("rehearsed")).isZero();
        assertThat(decided.get("rejected")).isEqualTo(heard.rejected.get()).isGreaterThan(MANY / 10);
        assertThat(decided.get("refused")).isEqualTo(heard.refused.get()).isPositive();
        assertThat(List.of(decided.get("repeated"), decided.get("not_ours"), (long) poison))
                .allMatch(count -> count > 0);
        assertThat(Files.size(folder.resolve("undo.journal"))).isLessThan(16 << 20);
    }

    /// As the record loop does it: what is no command is set aside, the rest goes to the controller.
    private void receive(Controller controller, byte[] bytes) {
        Command command;
        try {
            command = CODEC.decode(bytes, 0, CODEC.schema());
        } catch (AvroRuntimeException _) {
            poison++;
            return;
        }
        controller.command(command);
    }

    private byte[] hostile(int i) {
        return switch (i % 5) {
            case 0 -> noise();
            case 1 -> mutated(CODEC.encode(command(i, wild(i))));
            case 2 -> last; // replayed
            default -> {
                last = CODEC.encode(command(i, wild(i)));
                yield last;
            }
        };
    }

    private byte[] noise() {
        var bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Bits flipped, cut or lengthened; what is a valid command all the same stays hostile by its target.
    private byte[] mutated(byte[] bytes) {
        var changed = Arrays.copyOf(bytes, Math.max(1, bytes.length + random.nextInt(7) - 3));
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private Command.Action wild(int i) {
        return switch (i % 11) {
            case 0 -> new Command.ClearFault(any(TEXTS), any(TEXTS));
            case 1 -> new Command.RenewFaults();
            case 2 -> new Command.AbortRun(any(TEXTS));
            case 3 -> new Command.InjectFault(bad(), true);
            case 4 -> new Command.StopLoad(any(TEXTS));
            default -> new Command.InjectFault(bad());
        };
    }

    /// Wild in every part, and bad for certain in one: the target, the kind, a parameter or the duration.
    private FaultSpec bad() {
        var parameters = new TreeMap<String, String>();
        for (int n = random.nextInt(4); n > 0; n--) {
            parameters.put(any(NAMES), any(TEXTS));
        }
        boolean known = random.nextBoolean();
        if (known) {
            parameters.put("latency", "-" + random.nextLong());
        }
        return new FaultSpec(
                any(TEXTS),
                known ? any(List.of("latency", "pause", "cpu")) : any(KINDS),
                known ? any(List.of("api", "host", "narrow")) : any(TEXTS),
                parameters,
                Duration.ofNanos(1000 * (random.nextLong() / 2000)),
                any(List.of(1.0, 0.0, -1.0, 1e300, Double.NaN, Double.NEGATIVE_INFINITY)),
                Duration.ofNanos(1000 * (long) random.nextInt()),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(1000 * (long) random.nextInt())));
    }

    private Command command(int i, Command.Action action) {
        var now = Instant.now();
        var issued = any(List.of(
                now, now, now.minusSeconds(3600), now.plusSeconds(3600), Instant.EPOCH, Instant.ofEpochSecond(-1)));
        return new Command(
                random.nextInt(10) == 0 ? any(TEXTS) : "c-" + i,
                random.nextInt(10) == 0 ? any(TEXTS) : "run",
                issued.truncatedTo(ChronoUnit.MICROS),
                random.nextBoolean() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(random.nextInt())),
                any(TEXTS),
                action);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static Map<String, Long> decided(PrometheusRegistry registry) {
        var counts = new TreeMap<String, Long>();
        registry.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals("ordeal_injector_commands"))
                .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
                .forEach(point -> counts.put(point.getLabels().get("result"), (long) point.getValue()));
        return counts;
    }

    private final class None implements Injections {
        @Override
        public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
            prepared.incrementAndGet();
            throw new InjectionFailed("not in this test");
        }
    }

    /// An outlet that counts and keeps nothing.
    private static final class Counting implements Outlet {
        private final AtomicInteger rejected = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();

        @Override
        public void say(String run, Instant at, LifecycleEvent.Event event) {
            if (event instanceof FaultRejected) {
                rejected.incrementAndGet();
            } else if (event instanceof CommandRefused) {
                refused.incrementAndGet();
            }
        }

        @Override
        public long heardAt() {
            return System.nanoTime();
        }
    }
}
