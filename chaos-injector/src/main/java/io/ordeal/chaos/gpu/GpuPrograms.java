package io.ordeal.chaos.gpu;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.process.HelperProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The helper programs for one CUDA driver library.
///
/// @param library a name that the system finds, or an absolute path
record GpuPrograms(String library) {
    /// Loading a driver can take seconds where no other program keeps it awake.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Returns the GPUs of this host, in the order of their numbers.
    ///
    /// @throws InjectionFailed when the driver is not there or tells none
    List<GpuDevice> devices() throws InjectionFailed, InterruptedException {
        return answers(List.of("list", library)).stream()
                .flatMap(line -> GpuDevice.read(line).stream())
                .toList();
    }

    /// Returns how full a GPU is, what it takes to ask included.
    GpuUse use(String device) throws InjectionFailed, InterruptedException {
        return answers(List.of("read", library, device)).stream()
                .flatMap(line -> GpuUse.read(line).stream())
                .findFirst()
                .orElseThrow(() -> new InjectionFailed("the driver tells no memory of GPU " + device));
    }

    /// Returns the command that leaves a GPU so many bytes.
    List<String> filling(String device, long keep, Duration limit) {
        return command(List.of("fill", library, device, String.valueOf(keep), String.valueOf(limit.toMillis())));
    }

    private static List<String> command(List<String> arguments) {
        return HelperProgram.jvm(GpuHelper.class, List.of(), arguments);
    }

    private static List<String> answers(List<String> arguments) throws InjectionFailed, InterruptedException {
        var builder = new ProcessBuilder(command(arguments)).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            var process = builder.start();
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new InjectionFailed("the CUDA driver does not answer within " + PATIENCE.toSeconds() + "s");
                }
                var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.exitValue() != 0) {
                    throw new InjectionFailed(reason(text, process.exitValue()));
                }
                return text.lines().toList();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new InjectionFailed("a helper for the GPU cannot be started", e);
        }
    }

    private static String reason(String text, int status) {
        var failed = "failed ";
        return text.lines()
                .filter(line -> line.startsWith(failed))
                .map(line -> line.substring(failed.length()))
                .findFirst()
                .orElse("a helper for the GPU has ended with status " + status);
    }
}
