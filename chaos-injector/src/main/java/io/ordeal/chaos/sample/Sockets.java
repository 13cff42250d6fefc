package io.ordeal.chaos.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The TCP connections of a process, from `/proc`.
final class Sockets {
    private static final String SOCKET = "socket:[";
    private static final String ESTABLISHED = "01";
    private static final int STATE = 3;
    private static final int INODE = 9;

    private Sockets() {}

    /// Returns how many connections `pid` has established, in the network that it sees.
    static long established(long pid) {
        var process = Path.of("/proc", String.valueOf(pid));
        var own = sockets(process.resolve("fd"));
        long count = 0;
        for (var table : List.of("net/tcp", "net/tcp6")) {
            try (var lines = Files.lines(process.resolve(table), StandardCharsets.US_ASCII)) {
                count += lines.map(line -> line.strip().split(" +", -1))
                        .filter(fields -> fields.length > INODE
                                && fields[STATE].equals(ESTABLISHED)
                                && own.contains(fields[INODE]))
                        .count();
            } catch (IOException _) {
                // it has ended, or there is no such family of addresses
            }
        }
        return count;
    }

    private static Set<String> sockets(Path folder) {
        var inodes = new HashSet<String>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                inode(file, inodes);
            }
        } catch (IOException _) {
            // it has ended
        }
        return inodes;
    }

    private static void inode(Path file, Set<String> inodes) {
        try {
            var target = Files.readSymbolicLink(file).toString();
            if (target.startsWith(SOCKET)) {
                inodes.add(target.substring(SOCKET.length(), target.length() - 1));
            }
        } catch (IOException _) {
            // closed meanwhile
        }
    }
}
