package io.ordeal.chaos.process;

import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.GroupFacet;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.undo.UndoLog;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Faults on processes, one or several at once, which are kept running meanwhile where they are ours to run.
public final class ProcessInjections implements FacetInjections {
    private static final Set<FaultKind> OF_A_PROCESS = Set.copyOf(EnumSet.of(
            FaultKind.KILL,
            FaultKind.TERMINATE,
            FaultKind.PAUSE,
            FaultKind.RESTART,
            FaultKind.CRASH,
            FaultKind.OVERRUN,
            FaultKind.OOM,
            FaultKind.THROTTLE,
            FaultKind.MEMORY_LIMIT,
            FaultKind.FILES));

    private final Path folder;
    private final UndoLog undoes;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, String> entries = new ConcurrentHashMap<>();
    private volatile Map<String, GroupFacet> groups = Map.of();

    /// A target with a process.
    private record Known(ProcessFacet facet, Subject subject) {}

    private ProcessInjections(Path folder, UndoLog undoes, InstantSource clock) {
        this.folder = folder;
        this.undoes = undoes;
        this.clock = clock;
    }

    /// Starts the programs of `targets`.
    ///
    /// @param folder where they write their output
    /// @throws IOException when the undo of one cannot be written; then none runs
    public static ProcessInjections start(List<Target> targets, Path folder, UndoLog undoes, InstantSource clock)
            throws IOException {
        var started = new ProcessInjections(folder, undoes, clock);
        try {
            started.adopt(targets);
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    @Override
    public void adopt(List<Target> targets) throws IOException {
        var wanted = Target.facets(targets, ProcessFacet.class);
        Map.copyOf(known).forEach((name, process) -> {
            if (!process.facet().equals(wanted.get(name))) {
                end(name);
            }
        });
        for (var entry : wanted.entrySet()) {
            if (!known.containsKey(entry.getKey())) {
                var subject = subject(entry.getKey(), entry.getValue());
                known.put(entry.getKey(), new Known(entry.getValue(), subject));
            }
        }
        groups = Target.facets(targets, GroupFacet.class);
    }

    private Subject subject(String name, ProcessFacet facet) throws IOException {
        return switch (facet) {
            case ProcessFacet.PidFile(var file, var _) -> new PidFileSubject(file);
            case ProcessFacet.Supervised program -> supervise(name, program);
        };
    }

    private Subject supervise(String name, ProcessFacet.Supervised program) throws IOException {
        var mark = Marked.mark();
        var entry = "process/" + name + "/" + mark;
        // On the disk before the program runs: whenever we die, the guard finds it.
        undoes.open(entry, new KillMarked(mark));
        entries.put(name, entry);
        return SupervisedSubject.start(name, program, folder.resolve(name + ".log"), mark);
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.PROCESS, Facet.GROUP);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                new Mechanism("process", true, "signals, supervision"),
                ProcessId.handles()
                        ? new Mechanism("pidfd", true, "signals reach no other process that has got the pid")
                        : new Mechanism(
                                "pidfd", false, "needs Linux 5.3; between check and signal a pid could be given anew"));
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        if (!OF_A_PROCESS.contains(kind) || !kind.facets().contains(facet)) {
            return Optional.of("there is no " + kind.published() + " of a " + facet.published());
        }
        return kind == FaultKind.CRASH
                ? members(target).stream()
                        .filter(name -> Optional.ofNullable(known.get(name))
                                .filter(found -> found.facet().moments().isEmpty())
                                .isPresent())
                        .findFirst()
                        .map(name -> name + " has no moments at which it could crash")
                : Optional.empty();
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var preparation = new Preparation(folder, plan.duration(), clock);
        if (plan.facet() != Facet.GROUP) {
            return prepare(preparation, plan.fault(), plan.target());
        }
        var all = members(plan.target());
        var chosen = new ArrayList<GroupInjection.Member>();
        for (var name : Choice.of(all, fraction(plan.fault()), new Random(seed))) {
            chosen.add(new GroupInjection.Member(name, prepare(preparation, plan.fault(), name)));
        }
        return new GroupInjection(chosen, all.size());
    }

    private Injection prepare(Preparation preparation, Fault fault, String target) throws InjectionFailed {
        var found = Optional.ofNullable(known.get(target))
                .orElseThrow(() -> new InjectionFailed(target + " has no process"));
        return preparation.of(fault, target, found.facet(), found.subject());
    }

    /// Returns the process of `target` as it runs now, or empty where there is none that may be looked at.
    public Optional<ProcessId> process(String target) {
        try {
            return Optional.ofNullable(known.get(target))
                    .flatMap(found -> found.subject().current());
        } catch (Subject.NotHarmable _) {
            return Optional.empty();
        }
    }

    /// Whether every process that is ours to run serves.
    @Override
    public boolean ready() {
        return known.values().stream().allMatch(process -> process.subject().ready());
    }

    /// Ends the programs.
    @Override
    public void close() {
        List.copyOf(known.keySet()).forEach(this::end);
    }

    private void end(String name) {
        Optional.ofNullable(known.remove(name))
                .ifPresent(process -> process.subject().close());
        Optional.ofNullable(entries.remove(name)).ifPresent(this::strike);
    }

    private void strike(String entry) {
        try {
            undoes.strike(entry);
        } catch (IOException _) {
            // the undo is done again then, which is harmless
        }
    }

    /// Returns the targets that a group stands for; any other target stands for itself.
    private List<String> members(String target) {
        return Optional.ofNullable(groups.get(target)).map(GroupFacet::members).orElse(List.of(target));
    }

    private static double fraction(Fault fault) {
        return switch (fault) {
            case ProcessFault ofLife -> ofLife.fraction();
            case ResourceFault.Files files -> files.fraction();
            default -> 1;
        };
    }
}
