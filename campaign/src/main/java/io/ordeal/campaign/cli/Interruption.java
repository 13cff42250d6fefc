package io.ordeal.campaign.cli;

import io.ordeal.runtime.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C and SIGTERM into an orderly end: the run is told, and the process stays until it has ended.
final class Interruption implements AutoCloseable {
    private static final long LIMIT_SECONDS = 75;

    private final Runnable tell;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("interruption").unstarted(this::onShutdown);
    private volatile boolean interrupted;

    private Interruption(Runnable tell) {
        this.tell = tell;
    }

    /// Calls `tell` when the process is asked to end before this is closed.
    static Interruption watch(Runnable tell) {
        var interruption = new Interruption(tell);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /// Whether the process was asked to end.
    boolean interrupted() {
        return interrupted;
    }

    /// Says that everything is done; when the process was asked to end, it ends now, with the exit code for that.
    @Override
    public void close() {
        ended.countDown();
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // asked to end this very moment
            }
        }
    }

    /// A virtual machine that is shutting down would end with 130 or 143: the exit code is a promise, so it is set
    /// here.
    private void onShutdown() {
        interrupted = true;
        tell.run();
        try {
            if (!ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("ordeal: the run did not end in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
}
