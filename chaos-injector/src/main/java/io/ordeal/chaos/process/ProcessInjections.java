package io.ordeal.chaos.process;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.undo.UndoLog;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Faults on processes, which are kept running meanwhile where they are ours to run.
public final class ProcessInjections implements FacetInjections {
    private static final Set<FaultKind> KINDS = Set.of(FaultKind.KILL, FaultKind.PAUSE);

    private final Path folder;
    private final UndoLog undoes;
    private final InstantSource clock;
    private final Map<String, Subject> subjects = new ConcurrentHashMap<>();
    private final Map<String, ProcessFacet> programs = new ConcurrentHashMap<>();
    private final Map<String, String> entries = new ConcurrentHashMap<>();

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
        var wanted = new LinkedHashMap<String, ProcessFacet>();
        targets.forEach(
                target -> target.facet(ProcessFacet.class).ifPresent(facet -> wanted.put(target.name(), facet)));
        for (var name : List.copyOf(programs.keySet())) {
            if (!Objects.equals(programs.get(name), wanted.get(name))) {
                programs.remove(name);
                end(name);
            }
        }
        for (var entry : wanted.entrySet()) {
            if (!programs.containsKey(entry.getKey())) {
                subjects.put(entry.getKey(), subject(entry.getKey(), entry.getValue()));
                programs.put(entry.getKey(), entry.getValue());
            }
        }
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
        return List.of(new Mechanism("process", true, "signals, supervision"));
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        return KINDS.contains(kind) && facet == Facet.PROCESS
                ? Optional.empty()
                : Optional.of("there is no " + kind.published() + " of a " + facet.published());
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var subject = subject(plan.target());
        return switch (plan.fault()) {
            case ProcessFault.Kill _ -> new KillInjection(subject, running(plan.target(), subject), clock);
            case ProcessFault.Pause _ -> new PauseInjection(running(plan.target(), subject), clock);
            default -> throw new InjectionFailed("there is no " + plan.kind() + " of a process");
        };
    }

    /// Whether every process that is ours to run serves.
    @Override
    public boolean ready() {
        return subjects.values().stream().allMatch(Subject::ready);
    }

    /// Ends the programs.
    @Override
    public void close() {
        List.copyOf(subjects.keySet()).forEach(this::end);
    }

    private void end(String name) {
        Optional.ofNullable(subjects.remove(name)).ifPresent(Subject::close);
        Optional.ofNullable(entries.remove(name)).ifPresent(this::strike);
    }

    private void strike(String entry) {
        try {
            undoes.strike(entry);
        } catch (IOException _) {
            // the undo is done again then, which is harmless
        }
    }

    private Subject subject(String target) throws InjectionFailed {
        return Optional.ofNullable(subjects.get(target))
                .orElseThrow(() -> new InjectionFailed(target + " has no process"));
    }

    private static ProcessId running(String target, Subject subject) throws InjectionFailed {
        try {
            return subject.current().orElseThrow(() -> new InjectionFailed(target + " does not run"));
        } catch (Subject.NotHarmable e) {
            throw new InjectionFailed(target + " must not be touched", e);
        }
    }
}
