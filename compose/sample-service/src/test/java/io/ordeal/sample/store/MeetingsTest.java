package io.ordeal.sample.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MeetingsTest {

    private final Meetings meetings = new Meetings(2);

    @Test
    void everyChangeRaisesTheVersionAndNothingElseDoes() {
        String id = meetings.create("talk").id();
        assertThat(meetings.join(id, "ann")).isEqualTo(new Meetings.Done(id, 1, 1, true));
        assertThat(meetings.join(id, "ann")).isEqualTo(new Meetings.Done(id, 1, 1, false));
        assertThat(meetings.leave(id, "bob")).isEqualTo(new Meetings.Done(id, 1, 1, false));
        assertThat(meetings.leave(id, "ann")).isEqualTo(new Meetings.Done(id, 0, 2, true));
    }

    @Test
    void isFullAtItsBoundButStillKnowsItsParticipants() {
        String id = meetings.create("talk").id();
        for (int i = 0; i < Meetings.MOST_PARTICIPANTS; i++) {
            meetings.join(id, "user " + i);
        }
        assertThat(meetings.join(id, "one more")).isEqualTo(new Meetings.Full());
        assertThat(meetings.join(id, "user 0")).isInstanceOf(Meetings.Done.class);
    }

    @Test
    void forgetsTheOldestAndListsTheNewestFirst() {
        String oldest = meetings.create("one").id();
        meetings.create("two");
        meetings.create("three");
        assertThat(meetings.newest(5)).extracting(Meetings.Meeting::title).containsExactly("three", "two");
        assertThat(meetings.newest(1)).hasSize(1);
        assertThat(meetings.join(oldest, "ann")).isEqualTo(new Meetings.NotFound());
    }
}
