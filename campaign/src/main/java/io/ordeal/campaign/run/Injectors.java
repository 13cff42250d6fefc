package io.ordeal.campaign.run;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import io.ordeal.schemas.lifecycle.LifecycleEvent.InjectorAnnounced;
import io.ordeal.schemas.lifecycle.TargetInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The injectors that have announced themselves, as the lifecycle topic tells of them.
///
/// @param known each with what it said last, by name
public record Injectors(SortedMap<String, Injector> known) {
    /// Injectors announce themselves every minute.
    private static final Duration MEMORY = Duration.ofSeconds(75);

    /// They beat at least every five seconds.
    private static final Duration ALIVE = Duration.ofSeconds(15);

    /// One of them.
    public record Injector(String name, InjectorAnnounced announced, Instant heardAt) {
        /// Whether it was heard lately.
        public boolean alive() {
            return heardAt.isAfter(Instant.now().minus(ALIVE));
        }
    }

    /// Returns those of `cluster` that were heard within the last minute.
    static Injectors of(Cluster cluster) {
        return among(Correspondence.recent(cluster, MEMORY));
    }

    static Injectors among(Collection<LifecycleEvent> events) {
        var known = new TreeMap<String, Injector>();
        for (var event : events) {
            if (event.event() instanceof InjectorAnnounced announced) {
                known.put(event.source(), new Injector(event.source(), announced, event.at()));
            } else if (event.event() instanceof Heartbeat) {
                known.computeIfPresent(
                        event.source(), (name, before) -> new Injector(name, before.announced(), event.at()));
            }
        }
        return new Injectors(known);
    }

    /// Returns the names of those that are alive.
    Set<String> alive() {
        return known.values().stream()
                .filter(Injector::alive)
                .map(Injector::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Returns the hosts of those that are alive, as their samples name them: a source is `component@host`.
    Set<String> hosts() {
        return alive().stream()
                .map(name -> name.substring(name.indexOf('@') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Returns what living injectors say about `target`.
    List<TargetInfo> target(String target) {
        return living().filter(info -> info.name().equals(target)).toList();
    }

    /// Returns why no injector can be asked about `target`, line by line, or empty where one can.
    Optional<List<String>> unknown(String target) {
        if (alive().isEmpty()) {
            return Optional.of(List.of(
                    "no chaos injector is alive on this cluster",
                    "start one: ordeal serve chaos-injector --config FILE"));
        }
        if (!target(target).isEmpty()) {
            return Optional.empty();
        }
        var names = living().map(TargetInfo::name).distinct().sorted().toList();
        return Optional.of(List.of(
                "no injector knows the target `" + target + "`",
                names.isEmpty() ? "they know none" : "known are " + String.join(", ", names)));
    }

    /// Returns the kinds that `target` cannot have on its host, each with the reason.
    Map<String, String> impossible(String target) {
        var reasons = new TreeMap<String, String>();
        target(target).forEach(info -> reasons.putAll(info.impossible()));
        return reasons;
    }

    private Stream<TargetInfo> living() {
        return known.values().stream()
                .filter(Injector::alive)
                .flatMap(injector -> injector.announced().targets().stream());
    }
}
