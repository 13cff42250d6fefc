package io.ordeal.runtime.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A child JVM that ends with this one, however this one ends: its standard input is a pipe that only we hold.
public final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final String name;
    private final Process process;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /// Starts `mainClass` under [GuardedMain] on this JVM's own `java`.
    ///
    /// @param log where its output goes
    public static Child jvm(
            String name,
            List<Path> classPath,
            String mainClass,
            List<String> jvmArgs,
            List<String> args,
            Map<String, String> environment,
            Path log) {
        var builder = new ProcessBuilder(jvmCommand(classPath, mainClass, jvmArgs, args));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new Child(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /// Returns the command that starts `mainClass` under [GuardedMain]; whoever runs it holds its standard input
    /// open.
    public static List<String> jvmCommand(
            List<Path> classPath, String mainClass, List<String> jvmArgs, List<String> args) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArgs);
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(GuardedMain.class.getName());
        command.add(mainClass);
        command.addAll(args);
        return command;
    }

    /// Returns the class path of this JVM, entry by entry.
    public static List<Path> ownClassPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(Path::of)
                .toList();
    }

    /// Returns its process id.
    public long pid() {
        return process.pid();
    }

    /// Whether it runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Ends it: politely, and after three seconds by force.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name + " (pid " + process.pid() + ")";
    }
}
