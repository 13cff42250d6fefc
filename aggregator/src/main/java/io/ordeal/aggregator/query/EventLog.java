package io.ordeal.aggregator.query;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultAccepted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRehearsed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import io.ordeal.schemas.lifecycle.LifecycleEvent.InjectorAnnounced;
import io.ordeal.schemas.lifecycle.LifecycleEvent.LoadChanged;
import io.ordeal.schemas.lifecycle.LifecycleEvent.PhaseEnded;
import io.ordeal.schemas.lifecycle.LifecycleEvent.PhaseStarted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.PolicyRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.RunFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.RunStarted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentTaken;
import io.ordeal.schemas.results.RunVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What happened in a run, in words: the newest of it. Not thread-safe.
public final class EventLog {
    private static final int MOST = 300;
    private static final int LONGEST = 300;

    /// Something that happened.
    ///
    /// @param kind one word: run, phase, load, node, fault, out, back, warn, verdict
    public record Entry(Instant at, String kind, String text) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(Instant at, String kind, String text) {
        var cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        entries.add(new Entry(at, kind, cut));
        if (entries.size() > MOST) {
            entries.remove(0);
        }
    }

    void add(LifecycleEvent event) {
        words(event).ifPresent(said -> add(event.at(), said.kind, said.text));
    }

    void add(Instant at, RunVerdict verdict) {
        add(
                at,
                "verdict",
                verdict.verdict().name()
                        + (verdict.reasons().isEmpty()
                                ? ""
                                : ": " + verdict.reasons().getFirst()));
    }

    /// Returns the newest entries, the newest first.
    public List<Entry> newest(int most) {
        return entries.stream()
                .sorted(Comparator.comparing(Entry::at).reversed())
                .limit(most)
                .toList();
    }

    private record Said(String kind, String text) {}

    private static Optional<Said> words(LifecycleEvent event) {
        return switch (event.event()) {
            case RunStarted one -> said("run", "started, seed " + one.seed());
            case RunFinished one -> said("run", "finished: " + word(one.reason()) + detail(one.detail()));
            case PhaseStarted one -> said("phase", one.phase() + " begins");
            case PhaseEnded one -> said("phase", one.phase() + " is over");
            case LoadChanged one ->
                said("load", event.source() + " has " + word(one.state()) + " it" + detail(one.detail()));
            case SegmentTaken one ->
                one.epoch() <= 1
                        ? Optional.empty()
                        : said("node", event.source() + " has taken over segment " + one.segment());
            case FaultAccepted one -> said("fault", one.fault() + " " + what(one.kind(), one.target()) + " asked for");
            case FaultApplied one -> said("fault", one.fault() + " " + what(one.kind(), one.target()) + " in force");
            case FaultReverted one -> said("fault", one.fault() + " reverted: " + word(one.cause()));
            case FaultRejected one -> said("fault", one.fault() + " rejected: " + String.join("; ", one.reasons()));
            case FaultFailed one -> said("fault", one.fault() + " failed: " + one.reason());
            case FaultRehearsed one -> said("fault", one.fault() + " rehearsed, nothing was changed");
            case CommandRefused one -> said("warn", "a command was refused: " + String.join("; ", one.reasons()));
            case SegmentFinished _, InjectorAnnounced _, PolicyRefused _, Heartbeat _ -> Optional.empty();
        };
    }

    private static Optional<Said> said(String kind, String text) {
        return Optional.of(new Said(kind, text));
    }

    private static String what(String kind, String target) {
        return kind + " on " + target;
    }

    private static String detail(String detail) {
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
