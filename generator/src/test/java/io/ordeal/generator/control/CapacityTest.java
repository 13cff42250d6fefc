package io.ordeal.generator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.SegmentPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CapacityTest {
    private static final List<SegmentPlan> BOTH = List.of(Plans.users("run", 0, 12_001), Plans.users("run", 1, 12_001));

    @Test
    void findsEnoughWhereThereIsEnough() {
        assertThat(new Capacity(12_001 + 256 + 44, 44, 12_001).shortages(BOTH)).isEmpty();
    }

    @Test
    void saysWhatIsNeededWhatThereIsAndWhatToDo() {
        assertThat(new Capacity(1024, 44, 12_000).shortages(BOTH))
                .containsExactly(
                        "it needs 12001 connections from this process, which may have 1024 file descriptors, has 44"
                                + " and keeps 256 aside; raise the limit before it is started (`ulimit -n 12301`), or"
                                + " start more generators",
                        "it needs 12001 connections from this host to one address, which has 12000 local ports for"
                                + " them; widen their range (`sysctl -w net.ipv4.ip_local_port_range=\"10240 65535\"`),"
                                + " or start generators on more hosts");
    }

    @Test
    void countsTheSegmentsOfThisProcessOnly() {
        assertThat(Capacity.needed(BOTH.getFirst())).isEqualTo(6001);
        assertThat(Capacity.needed(BOTH.getLast())).isEqualTo(6000);
    }

    @Test
    void countsSharedConnectionsByTheirLimit() {
        var second = Duration.ofSeconds(1);
        var users = new LoadPhase("users", LoadModel.RAMPING_USERS, 0, 5000, second, true, 1);
        var shared = new Connections(ConnectionMode.SHARED, 100, second);

        assertThat(Capacity.needed(Plans.plan("run", 0, "http://a", users, shared)))
                .isEqualTo(50);
    }

    @Test
    void letsOpenLoadsPass() {
        assertThat(Capacity.needed(Plans.plan("run", 0))).isZero();
    }

    @Test
    void readsTheRangeOfPorts() {
        assertThat(ProcessLimits.ports("32768\t60999\n")).isEqualTo(28_232);
        assertThat(ProcessLimits.read().descriptors()).isPositive();
    }
}
