package io.ordeal.chaos.journal;

import io.ordeal.chaos.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A small process beside the injector that undoes what is in the journal when the injector is gone, or when it has
/// let a deadline pass.
///
/// Its standard input is a pipe that only the injector holds: it ends however the injector ends, by `kill -9` too.
public final class GuardMain {
    /// How long after a deadline the guard acts in the injector's place.
    static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Path folder;
    private final Set<String> undone = new HashSet<>();

    private GuardMain(Path folder) {
        this.folder = folder;
    }

    /// Guards the journal in the folder that the one argument names.
    public static void main(String[] args) throws IOException {
        Posix.leaveTerminal();
        var guard = new GuardMain(Path.of(args[0]));
        Thread.ofPlatform().daemon().name("deadlines").start(guard::watchDeadlines);
        System.out.println("guarding");
        while (System.in.read() >= 0) {
            // the injector says nothing, it only holds the pipe open
        }
        // A child that was being started when the injector died may show up a moment later.
        for (int pause : new int[] {0, 100, 400, 1000}) {
            LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
            guard.undo(Instant.MAX);
        }
    }

    private void watchDeadlines() {
        while (true) {
            LockSupport.parkNanos(LOOK.toNanos());
            undo(Instant.now().minus(MARGIN));
        }
    }

    /// Undoes every entry whose deadline is before `limit`; with [Instant#MAX], every entry.
    private synchronized void undo(Instant limit) {
        try {
            for (var entry : Journal.readEntries(folder).entries()) {
                if (limit.equals(Instant.MAX)
                        || entry.opened().deadline().filter(limit::isAfter).isPresent()) {
                    undo(entry);
                }
            }
        } catch (IOException e) {
            System.err.println("cannot read the journal: " + e.getMessage());
        }
    }

    private void undo(JournalContents.Entry entry) throws IOException {
        var id = entry.opened().entry();
        try {
            entry.opened().undo().perform();
            if (entry.opened().undo().forGuard() && !entry.guarded() && undone.add(id)) {
                Journal.append(folder, new JournalRecord.Guarded(id));
            }
        } catch (IllegalStateException e) {
            System.err.println("cannot undo " + id + ": " + e.getMessage());
        }
    }
}
