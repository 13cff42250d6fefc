package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import io.ordeal.schemas.lifecycle.LifecycleEvent.InjectorAnnounced;
import io.ordeal.schemas.lifecycle.TargetInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final Neighbours ofFirst = new Neighbours("chaos-injector@a", () -> now);
    private final Neighbours ofSecond = new Neighbours("chaos-injector@b", () -> now);

    @Test
    void knowNobodyAtFirst() {
        assertThat(ofSecond.answerFor("api")).isFalse();
    }

    @Test
    void answerForTheirOwnTargets() {
        announce(ofFirst, "chaos-injector@b", "api");
        assertThat(ofFirst.answerFor("api")).isTrue();
        assertThat(ofFirst.answerFor("db"))
                .as("the first by name speaks for all")
                .isFalse();
    }

    @Test
    void leaveItToTheFirstByNameToSayThatNobodyHasATarget() {
        announce(ofSecond, "chaos-injector@a", "api");
        assertThat(ofSecond.answerFor("db")).isTrue();
    }

    @Test
    void areForgottenWhenTheyFallSilentAndRememberedWhenTheyBeat() {
        announce(ofFirst, "chaos-injector@b", "api");
        now = START.plus(Neighbours.ALIVE).plusSeconds(1);
        assertThat(ofFirst.answerFor("api")).isFalse();
        ofFirst.hear(said("chaos-injector@b", new Heartbeat("chaos-injector", List.of())), now);
        assertThat(ofFirst.answerFor("api")).isTrue();
    }

    @Test
    void doNotCountOneself() {
        announce(ofFirst, "chaos-injector@a", "api");
        assertThat(ofFirst.answerFor("api")).isFalse();
    }

    @Test
    void areInjectorsAndNothingElse() {
        ofSecond.hear(said("aggregator@a", new Heartbeat("aggregator", List.of())), now);
        assertThat(ofSecond.answerFor("api")).isFalse();
    }

    @Test
    void takeALaterAnnouncementInPlaceOfAnEarlierOne() {
        announce(ofFirst, "chaos-injector@b", "api");
        now = START.plus(Duration.ofSeconds(1));
        announce(ofFirst, "chaos-injector@b", "db");
        assertThat(ofFirst.answerFor("api")).isFalse();
    }

    private void announce(Neighbours neighbours, String source, String target) {
        var info = new TargetInfo(target, List.of("latency"), Map.of());
        neighbours.hear(said(source, new InjectorAnnounced(List.of(info), List.of())), now);
    }

    private LifecycleEvent said(String source, LifecycleEvent.Event event) {
        return new LifecycleEvent("", now, source, event);
    }
}
