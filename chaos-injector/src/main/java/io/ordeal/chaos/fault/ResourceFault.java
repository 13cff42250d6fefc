package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.Bound;
import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;
import java.util.Map;

/// A fault that takes a resource away.
public sealed interface ResourceFault extends Fault {
    /// So many cores are busy with nothing.
    ///
    /// @param load of each core, percent, above 0 and up to 100
    record CpuLoad(double load, int cores) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.CPU;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofMillis(500);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_LOAD, load / 100, Bound.MAX_CORES, (double) cores);
        }
    }

    /// The target gets at most this part of one core.
    ///
    /// @param quota above 0 and up to 1
    record Throttle(double quota) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.THROTTLE;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofMillis(500);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MIN_QUOTA, quota);
        }
    }

    /// Memory is in use up to this part of it: of the host's, or of the target's limit.
    ///
    /// @param fill above 0 and up to 1
    record Memory(double fill) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.MEMORY;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_MEMORY, fill);
        }
    }

    /// The target gets at most so many bytes of memory.
    record MemoryLimit(long limit) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.MEMORY_LIMIT;
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MIN_MEMORY, (double) limit);
        }
    }

    /// The file system is in use up to this part of it, a target's reserve left out.
    ///
    /// @param fill above 0 and up to 1
    record DiskFill(double fill) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.DISK_FILL;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_DISK, fill);
        }
    }

    /// So many writers write and force what they write, as fast as the disk takes it.
    record DiskIo(int workers) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.DISK_IO;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_WORKERS, (double) workers);
        }
    }

    /// The process can open `left` more files, and no more.
    ///
    /// @param fraction of the members of a group, above 0 and up to 1
    record Files(int left, double fraction) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.FILES;
        }
    }

    /// The target can start `left` more threads, and no more.
    record Threads(int left) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.THREADS;
        }
    }

    /// So many idle connections are open to the service.
    record Connections(int count) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.CONNECTIONS;
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_CONNECTIONS, (double) count);
        }
    }

    /// The memory of a GPU is in use up to this part of it, a target's reserve left out.
    ///
    /// @param fill above 0 and up to 1
    record GpuMemory(double fill) implements ResourceFault {
        @Override
        public FaultKind kind() {
            return FaultKind.GPU_MEMORY;
        }

        @Override
        public Duration confirmation() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Map<Bound, Double> demands() {
            return Map.of(Bound.MAX_GPU_MEMORY, fill);
        }
    }
}
