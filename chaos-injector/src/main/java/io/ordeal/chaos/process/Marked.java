package io.ordeal.chaos.process;

import io.ordeal.chaos.posix.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Processes that carry a mark of ours in their environment, with all that they have started.
///
/// The mark is known before the process is, so that an undo can be journalled first; and it is inherited, so that no
/// descendant escapes.
public final class Marked {
    /// The environment variable that holds the mark.
    public static final String VARIABLE = "ORDEAL_SUPERVISED";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Marked() {}

    /// Returns a new mark.
    public static String mark() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Returns the living processes that carry `mark`, and their descendants: some programs write their title over
    /// their
    /// environment.
    public static List<ProcessId> carrying(String mark) {
        var wanted = VARIABLE + "=" + mark;
        var all = new HashMap<Long, ProcessStat>();
        var found = new HashSet<Long>();
        try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                ProcessStat.of(pid).filter(stat -> !stat.ended()).ifPresent(stat -> all.put(pid, stat));
                if (all.containsKey(pid) && carries(entry.resolve("environ"), wanted)) {
                    found.add(pid);
                }
            }
        } catch (IOException _) {
            // no /proc: nothing can be found, and nothing was started under it
        }
        addDescendants(found, all);
        return all.entrySet().stream()
                .filter(process -> found.contains(process.getKey()))
                .map(process ->
                        new ProcessId(process.getKey(), process.getValue().startTime()))
                .toList();
    }

    /// Kills every process that carries `mark` and returns how many.
    public static int kill(String mark) {
        int killed = 0;
        for (var process : carrying(mark)) {
            if (process.signal(Posix.SIGKILL)) {
                killed++;
            }
        }
        return killed;
    }

    private static void addDescendants(Set<Long> found, Map<Long, ProcessStat> all) {
        boolean grown = !found.isEmpty();
        while (grown) {
            grown = false;
            for (var process : all.entrySet()) {
                grown |= found.contains(process.getValue().parent()) && found.add(process.getKey());
            }
        }
    }

    private static boolean carries(Path environment, String wanted) {
        try {
            var text = Files.readString(environment, StandardCharsets.ISO_8859_1);
            for (var variable : text.split("\0", -1)) {
                if (variable.equals(wanted)) {
                    return true;
                }
            }
        } catch (IOException _) {
            // gone, or another user's: then it is none of ours
        }
        return false;
    }
}
