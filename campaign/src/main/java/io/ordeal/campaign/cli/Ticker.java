package io.ordeal.campaign.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something four times a second until it is closed, and once more then.
final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final Runnable task;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("ticker").factory());

    private Ticker(Runnable task) {
        this.task = task;
    }

    /// Starts doing `task`; what it throws is logged.
    static Ticker every(Runnable task) {
        var ticker = new Ticker(task);
        var _ = ticker.thread.scheduleAtFixedRate(ticker::tick, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return ticker;
    }

    @Override
    public void close() {
        thread.close();
        tick();
    }

    private void tick() {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("progress could not be shown");
        }
    }
}
