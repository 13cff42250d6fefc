package io.ordeal.chaos.process;

import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A value in a file of the kernel is again what it was, unless somebody else has set it meanwhile.
///
/// @param ours what the fault writes
/// @param old what was there
public record RestoreValue(Path file, String ours, String old) implements Undo {
    /// Its kind.
    public static final String WORD = "restore-value";

    /// Reads what follows the kind.
    public static RestoreValue read(List<String> words) {
        return new RestoreValue(Path.of(words.get(0)), words.get(1), words.get(2));
    }

    /// Writes ours.
    void apply() throws IOException {
        Files.writeString(file, ours);
    }

    @Override
    public void perform() {
        if (done()) {
            return;
        }
        try {
            Files.writeString(file, old);
        } catch (IOException e) {
            if (!done()) {
                throw new IllegalStateException(file + " cannot be restored: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public boolean done() {
        return KernelFile.text(file).filter(ours::equals).isEmpty();
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of(file.getFileName().toString(), KernelFile.text(file).orElse("gone"));
    }

    @Override
    public List<String> words() {
        return List.of(WORD, file.toString(), ours, old);
    }
}
