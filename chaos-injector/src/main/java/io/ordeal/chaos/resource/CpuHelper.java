package io.ordeal.chaos.resource;

import io.ordeal.chaos.fault.ResourceFault.CpuLoad;
import io.ordeal.chaos.process.Marked;
import io.ordeal.chaos.process.ProcessStat;
import io.ordeal.runtime.process.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The program that makes CPU load: stress-ng where it is installed, otherwise a JVM that runs [Burner]. Both have a
/// time limit of their own.
public final class CpuHelper implements AutoCloseable {
    private final Process process;
    private final String mark;

    private CpuHelper(Process process, String mark) {
        this.process = process;
        this.mark = mark;
    }

    /// Starts it.
    ///
    /// @param limit after which it ends by itself
    /// @param mark what it and its workers carry; an undo for the mark is in the journal already
    /// @throws IOException when it cannot be started
    public static CpuHelper start(Optional<Path> stressNg, CpuLoad load, Duration limit, String mark, Path output)
            throws IOException {
        var builder = new ProcessBuilder(command(stressNg, load, limit));
        builder.environment().put(Marked.VARIABLE, mark);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        return new CpuHelper(builder.start(), mark);
    }

    /// Returns the command that starts it.
    static List<String> command(Optional<Path> stressNg, CpuLoad load, Duration limit) {
        return stressNg.map(program -> stressNgCommand(program, load, limit))
                .orElseGet(() -> burnerCommand(load, limit));
    }

    /// Returns where stress-ng is on this host.
    public static Optional<Path> installedStressNg() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (var folder : path.split(File.pathSeparator, -1)) {
            var program = Path.of(folder.isEmpty() ? "." : folder, "stress-ng");
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    static List<String> stressNgCommand(Path program, CpuLoad load, Duration limit) {
        return List.of(
                program.toString(),
                "--cpu",
                String.valueOf(load.cores()),
                "--cpu-load",
                String.valueOf(Math.max(1, Math.round(load.load()))),
                "--cpu-method",
                "sqrt",
                "--timeout",
                seconds(limit) + "s",
                "--quiet");
    }

    static List<String> burnerCommand(CpuLoad load, Duration limit) {
        return Child.jvmCommand(
                Child.ownClassPath(),
                Burner.class.getName(),
                List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                List.of(
                        String.format(Locale.ROOT, "%.2f", load.load()),
                        String.valueOf(load.cores()),
                        String.valueOf(limit.toMillis())));
    }

    /// Returns the pid of its main process.
    public long pid() {
        return process.pid();
    }

    /// Whether it runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Returns the CPU time that it and its workers have used and still account for.
    public Duration cpuTime() {
        long ticks = Marked.carrying(mark).stream()
                .flatMap(worker -> ProcessStat.of(worker.pid()).stream())
                .mapToLong(ProcessStat::cpuTicks)
                .sum();
        return Duration.ofMillis(ticks * 10);
    }

    /// Ends it with all its workers; ending twice is harmless.
    @Override
    public void close() {
        process.destroy();
        Marked.kill(mark);
        process.destroyForcibly();
    }

    private static long seconds(Duration limit) {
        return Math.max(1, limit.plusMillis(999).toSeconds());
    }
}
