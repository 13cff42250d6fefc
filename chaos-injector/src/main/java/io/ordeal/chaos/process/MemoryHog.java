package io.ordeal.chaos.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;

/// A program that joins a control group and takes memory there until the kernel has to kill somebody, for a limited
/// time.
///
/// Arguments: the file that makes a process a member, megabytes, milliseconds.
public final class MemoryHog {
    private static final int CHUNK = 1 << 20;
    private static final Duration BETWEEN = Duration.ofMillis(1);

    private MemoryHog() {}

    /// Takes memory until it has all that it is to take or is killed, and holds it until the time is over.
    public static void main(String[] args) throws IOException {
        Files.writeString(
                Path.of(args[0]), String.valueOf(ProcessHandle.current().pid()));
        int megabytes = Integer.parseInt(args[1]);
        long end =
                System.nanoTime() + Duration.ofMillis(Long.parseLong(args[2])).toNanos();
        var held = new ArrayList<byte[]>();
        while (held.size() < megabytes) {
            held.add(new byte[CHUNK]); // writing zeros makes the pages real
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
