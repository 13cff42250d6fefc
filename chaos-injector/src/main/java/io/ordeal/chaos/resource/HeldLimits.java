package io.ordeal.chaos.resource;

import io.ordeal.chaos.injection.InjectionFailed;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The limits that faults hold: each by one at a time, or one fault would save what another has set.
final class HeldLimits {
    private final Set<Path> files = new HashSet<>();

    /// @throws InjectionFailed when another fault holds it
    synchronized void take(Path file) throws InjectionFailed {
        if (!files.add(file)) {
            throw new InjectionFailed("another fault holds " + file);
        }
    }

    synchronized void leave(Path file) {
        files.remove(file);
    }
}
