package io.ordeal.sample.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class WaitingRoomTest {

    @Property
    void staysWithinItsBoundsAndServesInOrder(
            @ForAll @IntRange(min = 1, max = 5) int places,
            @ForAll @IntRange(max = 5) int capacity,
            @ForAll List<Boolean> arrivals) {
        WaitingRoom<Integer> room = new WaitingRoom<>(places, capacity);
        List<Integer> accepted = new ArrayList<>();
        List<Integer> started = new ArrayList<>();
        for (int visitor = 0; visitor < arrivals.size(); visitor++) {
            if (arrivals.get(visitor)) {
                boolean isFull = room.busy() == places && room.waiting() == capacity;
                WaitingRoom.Entry entry = room.enter(visitor);
                assertThat(entry == WaitingRoom.Entry.REFUSED).isEqualTo(isFull);
                if (entry != WaitingRoom.Entry.REFUSED) {
                    accepted.add(visitor);
                }
                if (entry == WaitingRoom.Entry.STARTED) {
                    started.add(visitor);
                }
            } else if (room.busy() > 0) {
                room.leave();
                room.next().ifPresent(started::add);
            }
            assertThat(room.busy()).isBetween(0, places);
            assertThat(room.waiting()).isBetween(0, capacity);
            assertThat(room.waiting() > 0 && room.busy() < places).isFalse();
        }
        assertThat(accepted).startsWith(started.toArray(Integer[]::new));
    }

    @Test
    void aRoomThatGrowsCallsThoseWhoWait() {
        WaitingRoom<String> room = new WaitingRoom<>(1, 2);
        room.enter("a");
        room.enter("b");
        assertThat(room.next()).isEmpty();
        room.resize(2, 2);
        assertThat(room.next()).contains("b");
    }

    @Test
    void aRoomThatShrinksLetsNobodyInUntilItIsWithinItsBounds() {
        WaitingRoom<String> room = new WaitingRoom<>(3, 2);
        List.of("a", "b", "c", "d").forEach(room::enter);
        room.resize(1, 1);
        room.leave();
        room.leave();
        assertThat(room.next()).isEmpty();
        room.leave();
        assertThat(room.next()).contains("d");
    }
}
