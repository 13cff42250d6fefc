package io.ordeal.chaos.resource;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.nio.file.Path;
import java.util.List;

/// Places that must keep space whatever is filled: the injector's own state above all.
///
/// @param state the injector's folder
/// @param kept protected paths
record SparedSpace(Path state, List<Path> kept) {
    /// What a file system that holds one of these places must keep free, bytes.
    static final long LEAST = 256L << 20;

    private static final Path ROOT = Path.of("/");

    /// Reports when so many bytes must not be taken there.
    ///
    /// @param taken bytes that would be taken
    /// @param left bytes that would stay free
    void check(FileSystemUse disk, long taken, long left) throws InjectionFailed {
        for (var place : kept) {
            if (disk.folder().startsWith(place) || place.startsWith(disk.folder())) {
                throw new InjectionFailed(disk.folder() + " is in or above the protected path " + place);
            }
        }
        if (left < LEAST) {
            spare(disk, state, left, "the injector's state");
            spare(disk, ROOT, left, "the root directory");
            for (var place : kept) {
                spare(disk, place, left, "the protected path");
            }
        }
        long spareMemory = new MemoryGauge.Host().now().free() - MemoryPressure.reserve();
        if (disk.inMemory() && taken > spareMemory) {
            throw new InjectionFailed(Shown.bytes(taken) + " on " + disk.store().type()
                    + " are kept in memory; the host can spare " + Shown.bytes(Math.max(0, spareMemory)));
        }
    }

    private static void spare(FileSystemUse disk, Path place, long left, String what) throws InjectionFailed {
        if (disk.holds(place)) {
            throw new InjectionFailed("the file system of " + disk.folder() + " also holds " + what + " (" + place
                    + "): at least " + Shown.bytes(LEAST) + " must stay free, not " + Shown.bytes(left)
                    + "; fill less of it, or give the target a reserve");
        }
    }
}
