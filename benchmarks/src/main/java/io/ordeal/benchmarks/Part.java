package io.ordeal.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A process that is measured: what it used is read from `/proc`, so this runs on Linux.
final class Part implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that Java runs on
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final String name;
    private final Process process;
    private final BufferedReader output;
    private double cpuBefore;

    private Part(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = process.inputReader();
    }

    static Part start(String name, Path log, Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return new Part(name, builder.start());
    }

    /// Starts a process whose output nobody reads: it goes to `log`, too.
    static Part quiet(String name, Path log, Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Part(name, builder.start());
    }

    /// Returns its name.
    String name() {
        return name;
    }

    /// Waits for a line of its output that matches, and returns the first group.
    String await(Pattern wanted) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var match = wanted.matcher(line);
            if (match.find()) {
                return match.group(1);
            }
        }
        throw new IOException(name + " has ended without saying " + wanted);
    }

    /// Copies the rest of its output to ours and returns its exit code.
    int finish() throws IOException, InterruptedException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            System.out.println(line);
        }
        return process.waitFor();
    }

    /// Counts processor time from now on.
    void mark() throws IOException {
        cpuBefore = cpuSeconds();
    }

    /// Returns the processor time since the mark, its children's included, in seconds.
    double cpuSince() throws IOException {
        return cpuSeconds() - cpuBefore;
    }

    /// Returns the most memory that it and its children ever had resident, in MiB.
    long peakMebibytes() throws IOException {
        long peak = peakMebibytes(process.pid());
        for (var child : process.descendants().toList()) {
            peak += peakMebibytes(child.pid());
        }
        return peak;
    }

    private static long peakMebibytes(long pid) throws IOException {
        var match = PEAK.matcher(Files.readString(proc(pid, "status")));
        return match.find() ? Long.parseLong(match.group(1)) / 1024 : 0;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }

    private double cpuSeconds() throws IOException {
        double seconds = cpuSeconds(process.pid());
        for (var child : process.descendants().toList()) {
            seconds += cpuSeconds(child.pid());
        }
        return seconds;
    }

    /// Fields 14 and 15 of `/proc/PID/stat`, counted after the name, which may hold anything; see proc(5).
    private static double cpuSeconds(long pid) throws IOException {
        var stat = Files.readString(proc(pid, "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", String.valueOf(pid), file);
    }
}
