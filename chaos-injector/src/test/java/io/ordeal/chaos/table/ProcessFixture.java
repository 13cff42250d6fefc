package io.ordeal.chaos.table;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Two workers with a supervisor that the fixture runs, two that the injector runs, and groups of them.
public final class ProcessFixture implements FaultFixture {
    /// What the command lines of all workers hold, and no other's.
    private static final String WORKER = "ordeal-worker-";

    private static final String WORK =
            "while :; do i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done; echo tick; sleep 0.05; done";
    private static final String SUPERVISE =
            "while :; do sh -c '" + WORK + "' \"$1\" >/dev/null & echo $! > \"$2\"; wait $!; sleep 0.2; done";

    private static final List<String> WORKERS = List.of("one", "two", "three");

    private final Path folder;
    private final String name;
    private final List<Process> supervisors = new ArrayList<>();
    private final String limits;

    /// Starts the workers.
    ///
    /// @param folder an empty one, for their pid files
    public ProcessFixture(Path folder) {
        this.folder = folder;
        this.name = WORKER + ProcessHandle.current().pid() + "-" + folder.getFileName();
        try {
            for (var worker : WORKERS) {
                supervisors.add(new ProcessBuilder(
                                "sh",
                                "-c",
                                SUPERVISE,
                                "supervisor",
                                name,
                                pidFile(worker).toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
            }
            for (var worker : WORKERS) {
                awaitFile(pidFile(worker));
            }
            limits = limits(pid("one")).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String targets() {
        return """
              process-one: {process: {pid-file: "%1$s"}}
              process-two: {process: {pid-file: "%2$s"}}
              process-own:
                process:
                  command: [sh, -c, '%3$s', "%4$s"]
                  moments: {tick: {output: "^tick$"}}
              process-other:
                process:
                  command: [sh, -c, '%3$s', "%4$s"]
                  moments: {tick: {output: "^tick$"}}
              process-three: {process: {pid-file: "%5$s"}}
              process-workers: {group: {members: [process-two, process-three]}}
              process-crew: {group: {members: [process-own, process-other]}}
            """.formatted(pidFile("one"), pidFile("two"), WORK, name, pidFile("three"));
    }

    @Override
    public List<Asked> faults() {
        var grace = Map.of("grace", "300ms");
        var asked = new ArrayList<Asked>();
        asked.add(of(FaultKind.KILL, "process-one", Map.of()));
        asked.add(of(FaultKind.TERMINATE, "process-one", grace));
        asked.add(of(FaultKind.PAUSE, "process-one", Map.of()));
        asked.add(of(FaultKind.RESTART, "process-one", grace));
        asked.add(of(FaultKind.OVERRUN, "process-one", grace));
        asked.add(of(FaultKind.OOM, "process-one", Map.of()));
        asked.add(of(FaultKind.THROTTLE, "process-one", Map.of("quota", "10%")));
        asked.add(of(FaultKind.MEMORY_LIMIT, "process-one", Map.of("limit", "64MB")));
        asked.add(of(FaultKind.FILES, "process-one", Map.of("left", "0")));
        asked.add(of(FaultKind.CRASH, "process-own", Map.of("moment", "tick")));
        asked.add(group(FaultKind.PAUSE, "process-workers", Map.of()));
        asked.add(group(FaultKind.FILES, "process-workers", Map.of("left", "0")));
        asked.add(group(FaultKind.KILL, "process-workers", Map.of()));
        asked.add(group(FaultKind.TERMINATE, "process-workers", grace));
        asked.add(group(FaultKind.RESTART, "process-workers", grace));
        asked.add(group(FaultKind.OVERRUN, "process-workers", grace));
        asked.add(group(FaultKind.OOM, "process-workers", Map.of()));
        asked.add(group(FaultKind.CRASH, "process-crew", Map.of("moment", "tick")));
        return asked;
    }

    /// A process that is down, stopped or limited, or a helper that runs.
    @Override
    public Optional<String> left() {
        for (var worker : WORKERS) {
            var now = limits(pid(worker));
            if (now.isEmpty()) {
                return Optional.of("worker " + worker + " does not run");
            }
            if (!now.get().equals(limits)) {
                return Optional.of("worker " + worker + " has other limits: " + now.get());
            }
        }
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    var command = process.info().commandLine().orElse("");
                    return (command.contains(name) && stopped(process.pid()))
                            || WORKERS.stream().anyMatch(worker -> command.contains("Throttler " + pid(worker)));
                })
                .findAny()
                .map(process -> "left: " + process.pid() + " "
                        + process.info().commandLine().orElse(""));
    }

    @Override
    public void close() {
        for (var supervisor : supervisors) {
            var workers = supervisor.descendants().toList();
            supervisor.destroyForcibly();
            workers.forEach(ProcessHandle::destroyForcibly);
        }
        // Some worker may have been started in the very moment.
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(name))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static Asked of(FaultKind kind, String target, Map<String, String> parameters) {
        return new Asked(kind, Facet.PROCESS, target, parameters);
    }

    private static Asked group(FaultKind kind, String target, Map<String, String> parameters) {
        return new Asked(kind, Facet.GROUP, target, parameters);
    }

    private Path pidFile(String worker) {
        return folder.resolve(worker + ".pid");
    }

    private long pid(String worker) {
        try {
            var text = Files.readString(pidFile(worker)).strip();
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> limits(long pid) {
        try {
            return Optional.of(Files.readString(Path.of("/proc/" + pid + "/limits")))
                    .filter(text -> !text.isEmpty());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean stopped(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')')).startsWith(") T");
        } catch (IOException _) {
            return false;
        }
    }

    private static void awaitFile(Path file) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.exists(file) || Files.size(file) == 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(file + " is not written");
            }
            Thread.onSpinWait();
        }
    }
}
