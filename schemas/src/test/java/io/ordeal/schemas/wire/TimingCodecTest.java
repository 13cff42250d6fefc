package io.ordeal.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.load.WindowLedger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.AvroRuntimeException;
import org.junit.jupiter.api.Test;

class TimingCodecTest {
    private static final byte[] PREFIX = {0, 0, 0, 0, 9};

    private final RecordCodec<Timing> general = RecordCodec.of(Topic.TIMINGS, Timing.class);
    private final TimingCodec fast = new TimingCodec();

    @Property(tries = 500)
    void writesWhatTheGeneralCodecWrites(@ForAll("timings") Timing timing) {
        var bytes = encode(timing);
        assertThat(Arrays.copyOfRange(bytes, PREFIX.length, bytes.length)).isEqualTo(general.encode(timing));
    }

    @Property(tries = 500)
    void readsWhatTheGeneralCodecWrites(@ForAll("timings") Timing timing) {
        assertThat(fast.decode(general.encode(timing), 0)).isEqualTo(timing);
    }

    @Property(tries = 1000)
    void refusesMutilatedBytesWithoutAnyOtherException(@ForAll("timings") Timing timing, @ForAll byte noise) {
        var bytes = general.encode(timing);
        for (int i = 0; i < bytes.length; i++) {
            var mutilated = bytes.clone();
            mutilated[i] ^= noise;
            try {
                assertThat(fast.decode(mutilated, 0)).isNotNull();
            } catch (AvroRuntimeException _) {
                // refused, as it may be
            }
        }
    }

    @Test
    void refusesTruncatedBytes() {
        var bytes = general.encode(new Timing("r", 1, 2, timing(3, Optional.of(Map.of("tokens", 4.5)))));
        for (int length = 0; length < bytes.length; length++) {
            var shorter = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> fast.decode(shorter, 0)).isInstanceOf(AvroRuntimeException.class);
        }
    }

    @Test
    void readsTicks() {
        var tick = new SegmentTick(
                Instant.ofEpochSecond(1),
                "g1",
                0,
                0,
                5,
                1,
                4,
                3,
                3,
                0,
                1,
                12,
                13,
                14,
                0.5,
                100,
                0,
                "",
                false,
                List.of(new WindowLedger(Instant.ofEpochSecond(1), 5, 1, 4, 3)),
                0,
                0,
                5);
        var timing = new Timing("run", 0, 1, tick);
        assertThat(fast.decode(general.encode(timing), 0)).isEqualTo(timing);
    }

    private byte[] encode(Timing timing) {
        return fast.encode(PREFIX, timing.run(), timing.segment(), timing.epoch(), (RequestTiming) timing.event());
    }

    @Provide
    Arbitrary<Timing> timings() {
        var measures = Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(5), Arbitraries.doubles())
                .ofMaxSize(1)
                .optional();
        var runs = Arbitraries.strings().ofMaxLength(300);
        var numbers = Arbitraries.longs();
        return net.jqwik.api.Combinators.combine(runs, numbers, Arbitraries.integers(), measures)
                .as((run, number, small, map) -> new Timing(run, small, small ^ 7, timing(number, map)));
    }

    private static RequestTiming timing(long number, Optional<Map<String, Double>> measures) {
        int small = (int) number;
        return new RequestTiming(
                number,
                number / 3,
                small,
                small / 5,
                small / 7,
                1,
                number / 11,
                number / 13,
                number / 17,
                small / 19,
                small / 23,
                0,
                number / 29,
                Outcome.values()[Math.floorMod(small, Outcome.values().length)],
                200,
                small / 31,
                small / 37,
                measures);
    }
}
