package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Which commands have come, and what is to be made of the next one. Not thread-safe: its owner is one thread.
public final class Docket {
    /// How long a command is valid that says nothing about it.
    public static final Duration USUAL_VALIDITY = Duration.ofMinutes(1);
    /// How far ahead a command may put its end, and so how long its id is remembered.
    public static final Duration LONGEST_VALIDITY = Duration.ofMinutes(10);

    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);
    private static final int REMEMBERED = 10_000;

    private final Predicate<String> elsewhere;
    private InjectorConfiguration configuration;
    private final Map<String, String> commands = bounded();
    private final Map<FaultKey, String> faults = bounded();

    /// Makes an empty docket.
    ///
    /// @param elsewhere whether another injector answers for a target that this one does not have
    public Docket(InjectorConfiguration configuration, Predicate<String> elsewhere) {
        this.configuration = configuration;
        this.elsewhere = elsewhere;
    }

    /// From now on `changed` says what is allowed. What has been decided stays decided.
    public void govern(InjectorConfiguration changed) {
        configuration = changed;
    }

    /// Remembers a command of an earlier life of the injector.
    ///
    /// @param fault the fault that it was accepted for, if it was
    public void remember(String command, String digest, Optional<FaultKey> fault, String faultDigest) {
        commands.put(command, digest);
        fault.ifPresent(key -> faults.put(key, faultDigest));
    }

    /// Takes back that a fault has been accepted: it could not begin, and may be asked for again.
    public void release(FaultKey fault) {
        faults.remove(fault);
    }

    /// Decides on `command` at `now` while `live` faults may be in force. A decided command is remembered.
    public Decision decide(Command command, Instant now, Collection<FaultPlan> live) {
        return switch (command.action()) {
            case Command.InjectFault(var spec, var _) when isElsewhere(spec) -> new Decision.NotOurs();
            case Command.InjectFault(var spec, var dryRun) ->
                dryRun ? rehearse(command, spec, now, live) : inject(command, spec, now, live);
            case Command.RenewFaults _ ->
                expired(command, now) ? new Decision.NotOurs() : new Decision.Renew(command.run());
            case Command.ClearFault(var fault, var reason) -> {
                var key = new FaultKey(command.run(), fault);
                if (faults.containsKey(key)
                        || live.stream().anyMatch(plan -> plan.key().equals(key))) {
                    yield clear(command, now, List.of(key), reason);
                }
                yield new Decision.Refuse(List.of("no fault `" + Parameters.shown(fault) + "` is known in this run"));
            }
            case Command.ClearAllFaults(var reason) ->
                clear(command, now, live.stream().map(FaultPlan::key).toList(), reason);
            case Command.AbortRun(var reason) ->
                clear(
                        command,
                        now,
                        live.stream()
                                .map(FaultPlan::key)
                                .filter(key -> key.run().equals(command.run()))
                                .toList(),
                        reason);
            case Command.StartLoad _,
                    Command.AdjustLoad _,
                    Command.PauseLoad _,
                    Command.ResumeLoad _,
                    Command.StopLoad _ -> new Decision.NotOurs();
        };
    }

    /// Whether `command` is too old to be obeyed at `now`.
    public static boolean expired(Command command, Instant now) {
        return command.expiresAt()
                .map(now::isAfter)
                .orElseGet(() -> command.issuedAt().isBefore(now.minus(USUAL_VALIDITY)));
    }

    /// Whether a command can be accepted at all by its ids: one that cannot is rejected however often it comes, and its
    /// ids may be of any length.
    public static boolean isMemorable(Command command) {
        return FaultReader.isId(command.id()) && (command.run().isEmpty() || FaultReader.isId(command.run()));
    }

    private boolean isElsewhere(FaultSpec spec) {
        return configuration.target(spec.target()).isEmpty() && elsewhere.test(spec.target());
    }

    private Decision clear(Command command, Instant now, List<FaultKey> keys, String reason) {
        return expired(command, now)
                ? new Decision.Refuse(List.of("the command has expired; it was issued at " + command.issuedAt()))
                : new Decision.Clear(keys, Parameters.shown(reason));
    }

    private Decision inject(Command command, FaultSpec spec, Instant now, Collection<FaultPlan> live) {
        var digest = Digest.of(command.run(), spec);
        var earlier = commands.get(command.id());
        if (earlier != null) {
            return earlier.equals(digest)
                    ? new Decision.Repeat()
                    : reject(spec, digest, List.of("the command id was used before, with other content"));
        }
        var key = new FaultKey(command.run(), spec.id());
        var known = faults.get(key);
        if (known != null) {
            return known.equals(digest)
                    ? new Decision.Repeat()
                    : reject(spec, digest, List.of("the fault id was used before in this run, with other content"));
        }
        if (isMemorable(command)) {
            commands.put(command.id(), digest);
        }
        return switch (examine(command, spec, now, live)) {
            case Examined.Bad(var reasons) -> reject(spec, digest, reasons);
            case Examined.Good(var plan) -> {
                faults.put(key, digest);
                yield new Decision.Inject(plan, digest);
            }
        };
    }

    private Decision rehearse(Command command, FaultSpec spec, Instant now, Collection<FaultPlan> live) {
        return switch (examine(command, spec, now, live)) {
            case Examined.Bad(var reasons) -> reject(spec, "", reasons);
            case Examined.Good(var plan) -> new Decision.Rehearse(plan);
        };
    }

    /// What a look at a fault's specification has shown.
    private sealed interface Examined {
        record Good(FaultPlan plan) implements Examined {}

        record Bad(List<String> reasons) implements Examined {}
    }

    private Examined examine(Command command, FaultSpec spec, Instant now, Collection<FaultPlan> live) {
        var reasons = new ArrayList<String>();
        validity(command, now, reasons);
        var key = new FaultKey(command.run(), spec.id());
        var plan = switch (new FaultReader(configuration).read(spec)) {
            case Reading.Invalid(var more) -> {
                reasons.addAll(more);
                yield Optional.<FaultPlan>empty();
            }
            case Reading.Valid(var facet, var fault) ->
                Optional.of(
                        new FaultPlan(key, command.id(), spec.target(), facet, fault, spec.duration(), spec.lease()));
        };
        new BlastRadius(configuration).examine(spec, plan, now, live, reasons);
        return plan.isPresent() && reasons.isEmpty() ? new Examined.Good(plan.get()) : new Examined.Bad(reasons);
    }

    private static void validity(Command command, Instant now, List<String> reasons) {
        if (!FaultReader.isId(command.id())) {
            reasons.add("`" + Parameters.shown(command.id()) + "` is no id for a command");
        }
        if (!command.run().isEmpty() && !FaultReader.isId(command.run())) {
            reasons.add("`" + Parameters.shown(command.run()) + "` is no id for a run");
        }
        if (expired(command, now)) {
            reasons.add("the command has expired; it was issued at " + command.issuedAt());
        }
        if (command.issuedAt().isAfter(now.plus(CLOCK_DIFFERENCE))) {
            reasons.add("the command was issued in the future, at " + command.issuedAt() + "; compare the clocks");
        }
        if (command.expiresAt()
                .filter(end -> end.isAfter(now.plus(LONGEST_VALIDITY)))
                .isPresent()) {
            reasons.add("the command must expire within " + LONGEST_VALIDITY.toMinutes() + " minutes");
        }
    }

    private static Decision reject(FaultSpec spec, String digest, List<String> reasons) {
        return new Decision.Reject(Parameters.shown(spec.id()), digest, reasons);
    }

    private static <K> Map<K, String> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, String> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
