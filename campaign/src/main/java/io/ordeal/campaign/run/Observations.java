package io.ordeal.campaign.run;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.LoadChanged;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentTaken;
import io.ordeal.schemas.lifecycle.LoadState;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What has been seen of one run so far. Thread-safe; whoever waits for a change is woken by it.
public final class Observations {
    private final List<LifecycleEvent> events = new ArrayList<>();
    private final List<WindowSummary> windows = new ArrayList<>();
    private final List<VerdictEvent> verdicts = new ArrayList<>();
    private final Set<Integer> taken = new HashSet<>();
    private final Set<Integer> finished = new HashSet<>();
    private final Set<String> settled = new HashSet<>();
    private final Set<String> inForce = new TreeSet<>();
    private final ResourceHistory resources = new ResourceHistory();
    private Optional<RunVerdict> verdict = Optional.empty();
    private Optional<String> stopped = Optional.empty();
    private int eventsDrained;
    private int windowsDrained;
    private int verdictsDrained;

    /// Takes note of a lifecycle event. Heartbeats are not kept: a soak has a hundred thousand of them.
    synchronized void add(LifecycleEvent event) {
        if (event.event() instanceof LifecycleEvent.Heartbeat) {
            return;
        }
        events.add(event);
        switch (event.event()) {
            case SegmentTaken(int segment, int _) -> taken.add(segment);
            case SegmentFinished(int segment, int _) -> finished.add(segment);
            case FaultApplied applied -> inForce.add(applied.fault());
            case FaultReverted reverted -> settle(reverted.fault());
            case FaultRejected rejected -> settle(rejected.fault());
            case FaultFailed failed -> settle(failed.fault());
            case LoadChanged(var _, var state, var detail)
            when state == LoadState.STOPPED -> stopped = Optional.of(stopped.orElse(detail));
            case LifecycleEvent.RunStarted _,
                    LifecycleEvent.RunFinished _,
                    LifecycleEvent.PhaseStarted _,
                    LifecycleEvent.PhaseEnded _,
                    LifecycleEvent.LoadChanged _,
                    LifecycleEvent.FaultAccepted _,
                    LifecycleEvent.CommandRefused _,
                    LifecycleEvent.FaultRehearsed _,
                    LifecycleEvent.InjectorAnnounced _,
                    LifecycleEvent.PolicyRefused _,
                    LifecycleEvent.Heartbeat _ -> {
                // kept for the report; nothing waits for it
            }
        }
        notifyAll();
    }

    synchronized void add(WindowSummary window) {
        windows.add(window);
        notifyAll();
    }

    synchronized void add(VerdictEvent event) {
        verdicts.add(event);
        if (event.verdict() instanceof RunVerdict run) {
            verdict = Optional.of(run);
        }
        notifyAll();
    }

    synchronized void add(ResourceSample sample) {
        resources.add(sample);
    }

    /// Returns what `hosts` used from `start` on.
    synchronized List<ResourceSeries> resources(Set<String> hosts, Instant start) {
        return resources.of(hosts, start);
    }

    /// Returns why the command with `id` was refused, if it was.
    synchronized Optional<List<String>> refusal(String id) {
        return events.stream()
                .map(LifecycleEvent::event)
                .filter(LifecycleEvent.CommandRefused.class::isInstance)
                .map(LifecycleEvent.CommandRefused.class::cast)
                .filter(refused -> refused.command().equals(id))
                .map(LifecycleEvent.CommandRefused::reasons)
                .findFirst();
    }

    /// Returns the lifecycle events, in the order of the topic.
    public synchronized List<LifecycleEvent> events() {
        return List.copyOf(events);
    }

    /// Returns the closed windows, in the order in which they were read.
    public synchronized List<WindowSummary> windows() {
        return List.copyOf(windows);
    }

    /// Returns the windows that were read after the first `known`.
    public synchronized List<WindowSummary> windowsAfter(int known) {
        return List.copyOf(windows.subList(Math.min(known, windows.size()), windows.size()));
    }

    /// Returns the verdicts, in the order of the topic.
    public synchronized List<VerdictEvent> verdicts() {
        return List.copyOf(verdicts);
    }

    /// Hands on what has come since the last call, each kind in its order. For one reader.
    public void drain(
            Consumer<LifecycleEvent> onEvent, Consumer<WindowSummary> onWindow, Consumer<VerdictEvent> onVerdict) {
        List<LifecycleEvent> newEvents;
        List<WindowSummary> newWindows;
        List<VerdictEvent> newVerdicts;
        synchronized (this) {
            newEvents = List.copyOf(events.subList(eventsDrained, events.size()));
            newWindows = List.copyOf(windows.subList(windowsDrained, windows.size()));
            newVerdicts = List.copyOf(verdicts.subList(verdictsDrained, verdicts.size()));
            eventsDrained = events.size();
            windowsDrained = windows.size();
            verdictsDrained = verdicts.size();
        }
        newEvents.forEach(onEvent);
        newWindows.forEach(onWindow);
        newVerdicts.forEach(onVerdict);
    }

    /// Returns the verdict on the run, once there is one.
    public synchronized Optional<RunVerdict> verdict() {
        return verdict;
    }

    /// Returns why the load was stopped for good, once it was.
    synchronized Optional<String> stopped() {
        return stopped;
    }

    /// Whether generators drive all `segments`.
    synchronized boolean allTaken(int segments) {
        return taken.size() >= segments;
    }

    /// Whether all `segments` have made their load.
    synchronized boolean allFinished(int segments) {
        return finished.size() >= segments;
    }

    /// Whether each of `faults` is reverted, rejected or failed.
    synchronized boolean settled(Set<String> faults) {
        return settled.containsAll(faults);
    }

    /// Returns the ids of the faults that are in force.
    public synchronized Set<String> inForce() {
        return Set.copyOf(inForce);
    }

    /// Waits for the next change or a spurious one, at most until `deadline` of the monotonic clock.
    @SuppressWarnings("WaitNotInLoop") // every caller looks again at what it waits for
    synchronized void awaitChange(long deadline) throws InterruptedException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis > 0) {
            wait(millis);
        }
    }

    /// Wakes whoever waits for a change.
    synchronized void wake() {
        notifyAll();
    }

    private void settle(String fault) {
        inForce.remove(fault);
        settled.add(fault);
    }
}
