package io.ordeal.campaign.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A process of the command line, killed with its test.
///
/// @param output what it says
record Child(Process process, Path output) implements AutoCloseable {
    static Child start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        var home = Path.of(System.getProperty("ordeal.home"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        for (var property : List.of("ordeal.home", "ordeal.sample-service")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.addAll(List.of("-cp", home.resolve("lib") + "/*"));
        command.add("io.ordeal.campaign.cli.Main");
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(folder, "child", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Child(builder.start(), output);
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    /// Sends a signal, for instance `STOP`.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
