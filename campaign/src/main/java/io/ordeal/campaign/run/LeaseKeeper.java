package io.ordeal.campaign.run;

import io.ordeal.runtime.process.Repeating;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews the leases of faults for as long as this process lives: when it dies, by `kill -9` too, they end by
/// themselves.
final class LeaseKeeper {
    /// The lease of every fault of a campaign: four renewals long.
    static final Duration LEASE = Duration.ofSeconds(12);

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    private LeaseKeeper() {}

    /// Renews until what is returned is closed.
    ///
    /// @param needed whether a fault with a lease may be in force
    /// @param renew asks the injectors to renew
    static Repeating start(Duration lease, BooleanSupplier needed, Runnable renew) {
        return Repeating.start("leases", lease.dividedBy(4), () -> renew(needed, renew));
    }

    /// Without a broker the leases lapse, and that is what they are for.
    private static void renew(BooleanSupplier needed, Runnable renew) {
        try {
            if (needed.getAsBoolean()) {
                renew.run();
            }
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the leases of the faults could not be renewed");
        }
    }
}
