package io.ordeal.chaos.fault;

import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;

/// A fault in the life of processes or of a container.
public sealed interface ProcessFault extends Fault {
    /// Returns the part of the members of a group that it is on, above 0 and up to 1; of a single process always 1.
    double fraction();

    /// It is killed with SIGKILL and stays down for the fault's duration.
    record Kill(double fraction) implements ProcessFault {
        @Override
        public FaultKind kind() {
            return FaultKind.KILL;
        }
    }

    /// It gets SIGTERM, SIGKILL after `grace` where it has not ended, and stays down for the fault's duration.
    record Terminate(Duration grace, double fraction) implements ProcessFault {
        @Override
        public FaultKind kind() {
            return FaultKind.TERMINATE;
        }

        @Override
        public Duration confirmation() {
            return grace;
        }
    }

    /// It is stopped with SIGSTOP and continued with SIGCONT.
    record Pause(double fraction) implements ProcessFault {
        @Override
        public FaultKind kind() {
            return FaultKind.PAUSE;
        }
    }

    /// It gets SIGTERM, SIGKILL after `grace`, and is started again at once.
    record Restart(Duration grace, double fraction) implements ProcessFault {
        @Override
        public FaultKind kind() {
            return FaultKind.RESTART;
        }

        @Override
        public Duration confirmation() {
            return grace;
        }
    }

    /// It is killed when a moment of its life has come, and stays down for the rest of the fault's duration.
    ///
    /// @param moment a name that its target's configuration defines
    record Crash(String moment, double fraction) implements ProcessFault {
        @Override
        public FaultKind kind() {
            return FaultKind.CRASH;
        }
    }

    /// It gets SIGTERM while it cannot act on it, and SIGKILL after `grace`, as by a supervisor that has waited in
    /// vain.
    record Overrun(Duration grace, double fraction) implements ProcessFault {
        @Override
        public FaultKind kind() {
            return FaultKind.OVERRUN;
        }

        @Override
        public Duration confirmation() {
            return grace;
        }
    }

    /// The kernel kills it for want of memory, and it stays down for the fault's duration.
    record OutOfMemory(double fraction) implements ProcessFault {
        @Override
        public FaultKind kind() {
            return FaultKind.OOM;
        }
    }
}
