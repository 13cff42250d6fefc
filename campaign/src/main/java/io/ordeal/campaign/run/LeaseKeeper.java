package io.ordeal.campaign.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews the leases of faults for as long as this process lives: when it dies, by `kill -9` too, they end by
/// themselves.
final class LeaseKeeper implements AutoCloseable {
    /// The lease of every fault of a campaign: four renewals long.
    static final Duration LEASE = Duration.ofSeconds(12);

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    private final Duration every;
    private final BooleanSupplier needed;
    private final Runnable renew;
    private final Thread thread = Thread.ofVirtual().name("leases").unstarted(this::keep);

    private LeaseKeeper(Duration every, BooleanSupplier needed, Runnable renew) {
        this.every = every;
        this.needed = needed;
        this.renew = renew;
    }

    /// Begins to renew.
    ///
    /// @param needed whether a fault with a lease may be in force
    /// @param renew asks the injectors to renew
    static LeaseKeeper start(Duration lease, BooleanSupplier needed, Runnable renew) {
        var keeper = new LeaseKeeper(lease.dividedBy(4), needed, renew);
        keeper.thread.start();
        return keeper;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
                renew();
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /// Without a broker the leases lapse, and that is what they are for.
    private void renew() {
        try {
            if (needed.getAsBoolean()) {
                renew.run();
            }
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the leases of the faults could not be renewed");
        }
    }
}
