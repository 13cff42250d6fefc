package io.ordeal.chaos.table;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Two GPUs of 512 MiB of a driver that stands in for CUDA's, compiled on the spot.
public final class GpuFixture implements FaultFixture {
    /// The UUID of the second GPU.
    public static final String SECOND = "GPU-22222222-2222-2222-2222-222222222222";

    private static final String SOURCE = "/io/ordeal/chaos/gpu/cuda-stand-in.c";

    private final Path folder;

    /// Compiles the driver.
    ///
    /// @param folder an empty one, in which it is kept with the use of its memory
    public GpuFixture(Path folder) {
        this.folder = folder;
        try (var source = Objects.requireNonNull(GpuFixture.class.getResourceAsStream(SOURCE))) {
            Files.createDirectories(folder);
            var file = folder.resolve("cuda.c");
            Files.write(file, source.readAllBytes());
            var gcc = new ProcessBuilder(
                            "gcc", "-shared", "-fPIC", "-O1", "-o", library().toString(), file.toString(), "-ldl")
                    .inheritIO()
                    .start();
            if (!gcc.waitFor(30, TimeUnit.SECONDS) || gcc.exitValue() != 0) {
                throw new IllegalStateException("gcc has failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Returns the library.
    public Path library() {
        return folder.resolve("libcuda.so.1");
    }

    /// Makes `function` return `code` from now on.
    public void failing(String function, int code) throws IOException {
        Files.writeString(folder.resolve("fail." + function), String.valueOf(code));
    }

    /// Makes memory stay in use when it is given back.
    public void leaking() throws IOException {
        Files.writeString(folder.resolve("leak"), "");
    }

    /// Returns the bytes in use on the GPU with this number by processes that live.
    public long used(int device) throws IOException {
        long used = 0;
        try (var files = Files.newDirectoryStream(folder, "use." + device + ".*")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                long pid = Long.parseLong(name.substring(name.lastIndexOf('.') + 1));
                if (ProcessHandle.of(pid).isPresent()) {
                    used += Long.parseLong(
                            Files.readString(file, StandardCharsets.US_ASCII).strip());
                }
            }
        }
        return used;
    }

    @Override
    public String targets() {
        return """
              gpu-first: {gpu: {device: "0", library: "%s"}}
              gpu-second: {gpu: {device: %s, library: "%s", reserve: 100MB}}
            """.formatted(library(), SECOND, library());
    }

    @Override
    public List<Asked> faults() {
        return List.of(
                new Asked(FaultKind.GPU_MEMORY, Facet.GPU, "gpu-first", Map.of("fill", "75%")),
                new Asked(FaultKind.GPU_MEMORY, Facet.GPU, "gpu-second", Map.of("fill", "100%")));
    }

    @Override
    public Optional<String> left() {
        try {
            long used = used(0) + used(1);
            return used == 0 ? Optional.empty() : Optional.of(used + " bytes of GPU memory are in use");
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    @Override
    public void close() {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
