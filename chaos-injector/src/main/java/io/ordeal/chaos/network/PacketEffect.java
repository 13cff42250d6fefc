package io.ordeal.chaos.network;

import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.network.NetProbe.Answer;
import io.ordeal.chaos.network.NetProbe.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What a fault on packets does, as seen by connections of our own where one comes about, and by the counters of its
/// rules, which real packets move as well.
final class PacketEffect {
    private static final Duration BASELINE = Duration.ofMillis(250);
    private static final Duration SILENCE = Duration.ofMillis(100);
    private static final Duration SAMPLE = Duration.ofMillis(300);
    private static final int VOLLEY = 10;

    private final PacketInjection.Plan plan;
    private final List<NetProbe> probes;
    private final Map<NetProbe, Outcome> before = new LinkedHashMap<>();
    private final List<Socket> held = new ArrayList<>();
    private final List<String> devicesBefore = new ArrayList<>();
    private int closed;
    private boolean heldReset;

    PacketEffect(PacketInjection.Plan plan, List<NetProbe> probes) {
        this.plan = plan;
        this.probes = List.copyOf(probes);
    }

    /// How it is when all is over.
    record After(boolean asBefore, Map<String, String> evidence) {}

    /// Looks at how things are, and keeps the probes that are answered.
    void before() {
        NetProbe.all(probes, BASELINE).forEach((probe, outcome) -> {
            if (outcome.answer().heard()) {
                before.put(probe, outcome);
                if (plan.sockets().isPresent() && outcome.answer() == Answer.CONNECTED) {
                    held.addAll(probe.open(BASELINE));
                }
            }
        });
        for (var shaping : plan.classes()) {
            devicesBefore.add(Shaping.root(shaping.namespace(), shaping.device()));
        }
    }

    /// Takes note of how many open connections were closed.
    void closed(int count) {
        closed = count;
    }

    /// Returns what was measured, or empty where no effect shows yet.
    Optional<Map<String, String>> look() throws InterruptedException {
        var evidence = new LinkedHashMap<String, String>();
        boolean shows = probed(evidence);
        var counters = Counters.read(plan.namespace(), plan.rules().table());
        evidence.put("packets_hit", String.valueOf(counters.hit()));
        if (counters.seen() > 0) {
            evidence.put("packets_seen", String.valueOf(counters.seen()));
        }
        shows = plan.fault() instanceof TrafficFault.Bandwidth
                ? counters.hit() + counters.seen() > 0 && rated(counters, evidence)
                : shows || ((answers() == 0 || counted()) && counters.hit() > 0);
        if (plan.fault() instanceof TrafficFault.Loss && counters.seen() > 0) {
            evidence.put("loss_during", Shown.percent((double) counters.hit() / counters.seen()));
        }
        plan.sockets().ifPresent(_ -> evidence.put("connections_closed", String.valueOf(closed)));
        plan.classes().forEach(shaping -> evidence.put("class_" + shaping.device(), shaping.shown()));
        if (before.isEmpty()) {
            evidence.put("probe", "nothing answers where the fault acts; packets of others are counted");
        }
        return shows ? Optional.of(evidence) : Optional.empty();
    }

    /// Returns what is missing, for the person who asked for the fault.
    String missing() {
        return before.isEmpty()
                ? "no probe of ours is answered there and no packet of others meets the rules; is there traffic?"
                : "connections are as before: " + NetProbe.all(List.copyOf(before.keySet()), SILENCE);
    }

    /// Looks whether everything is as it was.
    After after() {
        var evidence = new LinkedHashMap<String, String>();
        boolean same = true;
        if (plan.namespace().present()) {
            for (var entry :
                    NetProbe.all(List.copyOf(before.keySet()), BASELINE).entrySet()) {
                var was = before.getOrDefault(entry.getKey(), entry.getValue());
                same &= entry.getValue().answer() == was.answer();
                evidence.put("connect_after", entry.getValue().shown());
            }
            for (int i = 0; i < plan.classes().size(); i++) {
                var device = plan.classes().get(i).device();
                evidence.put("qdisc_" + device, device(i, device));
            }
        }
        return new After(same, evidence);
    }

    /// Closes the connections that were held open to see them reset.
    void close() {
        held.forEach(PacketEffect::close);
    }

    private String device(int index, String device) {
        try {
            var now = Shaping.root(plan.namespace(), device);
            var was = index < devicesBefore.size() ? devicesBefore.get(index) : now;
            return now.equals(was) ? "as before: " + now : now;
        } catch (IllegalStateException _) {
            return "gone";
        }
    }

    /// How many probes were answered by something that the fault could keep from answering.
    private long answers() {
        boolean needsListener =
                plan.fault() instanceof TrafficFault.Refuse || plan.fault() instanceof TrafficFault.Reset;
        return before.values().stream()
                .filter(outcome -> !needsListener || outcome.answer() == Answer.CONNECTED)
                .count();
    }

    /// Whether packets that were met are the proof, and not a connection: chance decides, or nothing of it is seen in
    /// one.
    private boolean counted() {
        return switch (plan.fault()) {
            case TrafficFault.Loss _, TrafficFault.OnPackets _ -> true;
            default -> false;
        };
    }

    private boolean probed(Map<String, String> evidence) {
        boolean shows = false;
        int volley = plan.fault() instanceof TrafficFault.Loss ? VOLLEY : 1;
        for (int i = 0; i < volley; i++) {
            for (var entry :
                    NetProbe.all(List.copyOf(before.keySet()), patience()).entrySet()) {
                var was = before.getOrDefault(entry.getKey(), entry.getValue());
                if (shows(was, entry.getValue())) {
                    shows = true;
                    evidence.put("probe", entry.getKey().shown());
                    evidence.put("connect_before", was.shown());
                    evidence.put(
                            entry.getValue().answer() == Answer.SILENT ? "silence" : "connect_during",
                            entry.getValue().answer() == Answer.SILENT
                                    ? Shown.millis(entry.getValue().after())
                                    : entry.getValue().shown());
                }
            }
        }
        if (!held.isEmpty()) {
            heldReset = heldReset || held.stream().anyMatch(PacketEffect::reset);
            evidence.put("open_connection", heldReset ? "reset" : "open");
            return shows && heldReset;
        }
        return shows;
    }

    private Duration patience() {
        if (plan.fault() instanceof TrafficFault.Latency(var _, var latency, var jitter, var _, var _)) {
            return latency.plus(jitter).multipliedBy(3).plus(BASELINE);
        }
        var slowest = before.values().stream()
                .map(Outcome::after)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        var enough = slowest.multipliedBy(3);
        return enough.compareTo(SILENCE) > 0 ? enough : SILENCE;
    }

    private boolean shows(Outcome was, Outcome now) {
        return switch (plan.fault()) {
            case TrafficFault.Partition _ -> now.answer() == Answer.SILENT;
            case TrafficFault.Refuse _, TrafficFault.Reset _ ->
                was.answer() == Answer.CONNECTED && now.answer() == Answer.REFUSED;
            case TrafficFault.Latency(var _, var latency, var jitter, var _, var _) ->
                now.answer().heard() && now.after().compareTo(latency.minus(jitter)) >= 0;
            default -> false;
        };
    }

    /// Adds what passes, and says by what means the rate is kept.
    private boolean rated(Counters start, Map<String, String> evidence) throws InterruptedException {
        long began = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(SAMPLE.toNanos());
        var end = Counters.read(plan.namespace(), plan.rules().table());
        double seconds = (System.nanoTime() - began) / 1e9;
        // With a class, what is hit is what is queued; without one, what is hit is dropped.
        boolean queued = !plan.classes().isEmpty();
        long bytes = queued
                ? end.hitBytes() - start.hitBytes()
                : end.seenBytes() - start.seenBytes() - (end.hitBytes() - start.hitBytes());
        evidence.put(queued ? "rate_asked_for" : "rate_during", Shown.rate(bytes / seconds));
        evidence.put("means", queued ? "htb" : "policer");
        return true;
    }

    private static boolean reset(Socket socket) {
        try {
            socket.setSoTimeout(100);
            int _ = socket.getInputStream().read();
            return false; // what the service says, or its end in order, is no reset
        } catch (SocketTimeoutException _) {
            return false;
        } catch (SocketException e) {
            var what = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            return what.contains("reset") || what.contains("abort");
        } catch (IOException _) {
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is of no use any more
        }
    }
}
