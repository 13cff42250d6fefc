package io.ordeal.chaos.process;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.posix.Descriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/// A program that joins a control group and takes memory there, page by page, until the kernel has killed one
/// process of the group; then it ends, so that the kernel kills no other. It has a time limit.
///
/// What it takes is a file in memory, which weighs on the group but not on the program: the kernel kills the
/// heaviest.
///
/// Arguments: the words of the group, milliseconds.
public final class MemoryHog {
    /// The smallest page of all architectures.
    private static final int PAGE = 4096;

    private MemoryHog() {}

    /// Takes memory; started under `GuardedMain`, it also ends with the injector.
    public static void main(String[] args) throws IOException {
        var group = new MemoryGroup(ControlGroup.read(List.of(args[0], args[1], args[2])));
        long end =
                System.nanoTime() + Duration.ofMillis(Long.parseLong(args[3])).toNanos();
        int file = Descriptors.memoryFile("ordeal");
        if (file < 0) {
            throw new IOException("no file in memory: errno " + -file);
        }
        long kills = group.kills();
        try (var memory = FileChannel.open(Path.of("/proc/self/fd/" + file), StandardOpenOption.WRITE)) {
            Files.writeString(
                    group.group().procs(),
                    String.valueOf(ProcessHandle.current().pid()));
            var page = ByteBuffer.allocateDirect(PAGE);
            while (group.kills() == kills && System.nanoTime() - end < 0) {
                memory.write(page.clear());
            }
            memory.truncate(0); // before anything else needs a page and somebody else is killed for it
        }
    }
}
