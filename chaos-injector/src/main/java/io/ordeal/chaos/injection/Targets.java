package io.ordeal.chaos.injection;

import io.ordeal.chaos.cpu.CpuHelper;
import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.journal.JournalRecord.Opened;
import io.ordeal.chaos.journal.Undo;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.process.Marked;
import io.ordeal.chaos.process.PidFileSubject;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.chaos.process.Subject;
import io.ordeal.chaos.process.SupervisedSubject;
import io.ordeal.chaos.proxy.Loops;
import io.ordeal.chaos.proxy.TcpProxy;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The targets of an injector as they live: proxies that listen and processes that run.
public final class Targets implements Injections, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Targets.class);

    private final Path folder;
    private final Journal journal;
    private final InstantSource clock;
    private final Loops loops;
    private final Optional<Path> stressNg = CpuHelper.installedStressNg();
    private final Map<String, TcpProxy> proxies = new LinkedHashMap<>();
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final Map<String, String> entries = new HashMap<>();
    private Thread rehearsal = Thread.ofVirtual().unstarted(() -> {});

    private Targets(Path folder, Journal journal, InstantSource clock) {
        this.folder = folder;
        this.journal = journal;
        this.clock = clock;
        this.loops = Loops.start();
    }

    /// Starts what `configuration` names.
    ///
    /// @param folder where programs write their output
    /// @throws IOException when a proxy cannot listen or the journal cannot be written; then nothing runs
    public static Targets start(InjectorConfiguration configuration, Path folder, Journal journal, InstantSource clock)
            throws IOException {
        var targets = new Targets(folder, journal, clock);
        try {
            for (var target : configuration.targets()) {
                targets.start(target);
            }
            targets.rehearsal = Thread.ofVirtual().name("rehearsal").start(targets::rehearse);
            return targets;
        } catch (IOException | RuntimeException e) {
            targets.close();
            throw e;
        }
    }

    private void start(Target target) throws IOException {
        if (target.proxy().isPresent()) {
            var facet = target.proxy().get();
            proxies.put(target.name(), TcpProxy.start(loops, facet.listen(), facet.upstream()));
        }
        if (target.process().isPresent()) {
            subjects.put(
                    target.name(),
                    switch (target.process().get()) {
                        case ProcessFacet.PidFile(var file) -> new PidFileSubject(file);
                        case ProcessFacet.Supervised program -> supervise(target.name(), program);
                    });
        }
    }

    private void rehearse() {
        proxies.forEach((target, proxy) -> {
            try {
                Rehearsal.play(proxy);
            } catch (IOException e) {
                log.atWarn().setCause(e).addKeyValue("target", target).log("no probe passes the proxy");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Subject supervise(String name, ProcessFacet.Supervised program) throws IOException {
        var mark = Marked.mark();
        var entry = "process/" + name + "/" + mark;
        // On the disk before the program runs: whenever we die, the guard finds it.
        journal.open(new Opened(entry, Optional.empty(), Optional.empty(), new Undo.KillMarked(mark)));
        entries.put(name, entry);
        return SupervisedSubject.start(name, program, folder.resolve(name + ".log"), mark);
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        return switch (plan.fault()) {
            case Fault.OnTraffic fault -> new TrafficInjection(proxy(plan.target()), fault, seed, clock);
            case Fault.Kill _ -> {
                var subject = subject(plan.target());
                yield new KillInjection(subject, running(plan.target(), subject), clock);
            }
            case Fault.Pause _ -> new PauseInjection(running(plan.target(), subject(plan.target())), clock);
            case Fault.CpuLoad load ->
                new CpuInjection(load, plan.duration(), stressNg, folder.resolve("cpu-helper.log"), clock);
        };
    }

    /// Returns where the proxy of `target` listens, or empty where it has none.
    public Optional<InetSocketAddress> listenAddress(String target) {
        return Optional.ofNullable(proxies.get(target)).map(TcpProxy::address);
    }

    /// Whether every process that is ours to run serves, and every proxy has been tried.
    public boolean ready() {
        return !rehearsal.isAlive() && subjects.values().stream().allMatch(Subject::ready);
    }

    /// Returns the means that this host offers.
    public List<Mechanism> mechanisms() {
        var found = new ArrayList<Mechanism>();
        found.add(new Mechanism("proxy", true, loops.transport()));
        found.add(new Mechanism("process", true, "signals, supervision"));
        found.add(new Mechanism(
                "stress-ng",
                stressNg.isPresent(),
                stressNg.map(Path::toString).orElse("not installed; the built-in helper makes CPU load")));
        found.add(new Mechanism("cpu", true, stressNg.isPresent() ? "stress-ng" : "built-in"));
        return found;
    }

    /// Ends the programs, then the proxies.
    @Override
    public void close() {
        rehearsal.interrupt();
        subjects.forEach((name, subject) -> {
            subject.close();
            var entry = entries.get(name);
            if (entry != null) {
                strike(entry);
            }
        });
        proxies.values().forEach(TcpProxy::close);
        loops.close();
    }

    private void strike(String entry) {
        try {
            journal.strike(entry);
        } catch (IOException _) {
            // the undo is done again then, which is harmless
        }
    }

    private TcpProxy proxy(String target) throws InjectionFailed {
        return Optional.ofNullable(proxies.get(target))
                .orElseThrow(() -> new InjectionFailed(target + " has no proxy"));
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
