package io.ordeal.chaos.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalLong;

/// Calls about processes: signals, limits, time.
public final class Posix {
    /// Ends a process at once.
    public static final int SIGKILL = 9;
    /// Ends a process in order.
    public static final int SIGTERM = 15;
    /// Lets a stopped process go on.
    public static final int SIGCONT = 18;
    /// Stops a process.
    public static final int SIGSTOP = 19;

    /// It must not be done.
    public static final int NOT_PERMITTED = 1;
    /// There is no such process.
    public static final int NO_SUCH_PROCESS = 3;
    /// The kernel has no such call.
    public static final int NO_SUCH_CALL = 38;

    /// The numbers are the same on every architecture: the calls are younger than their unification.
    private static final long PIDFD_SEND_SIGNAL = 424;

    private static final long PIDFD_OPEN = 434;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int CPUCLOCK_SCHED = 2;

    private static final MethodHandle KILL = Libc.bind("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SETSID = Libc.bind("setsid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle PRLIMIT = Libc.bind(
            "prlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    private static final MethodHandle CLOCK_GETTIME =
            Libc.bind("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ValueLayout.ADDRESS));
    /// `syscall`, of which all arguments are words.
    private static final MethodHandle SYSCALL = Libc.bind(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    private Posix() {}

    /// A limit of a resource as the kernel has it; compare unsigned, all bits set is no limit.
    public record Limit(long soft, long hard) {}

    /// What a call has returned: a value, or the errno that says why there is none.
    public record Answer<T>(T value, int errno) {}

    /// Sends `signal` to `pid` and returns errno, 0 when sent.
    public static int kill(long pid, int signal) {
        checked(pid);
        try (var arena = Arena.ofConfined()) {
            var state = Libc.room(arena);
            int result = (int) KILL.invokeExact(state, (int) pid, signal);
            return result == 0 ? 0 : Libc.errno(state);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Opens a handle of the process that has `pid` now: it stays that process's, whoever gets the pid after it.
    ///
    /// @return a file descriptor, or -1 and why
    public static Answer<Integer> openProcess(long pid) {
        checked(pid);
        return call(PIDFD_OPEN, pid, 0, 0, 0);
    }

    /// Sends `signal` to the process of a handle and returns errno, 0 when sent.
    public static int signal(int handle, int signal) {
        return call(PIDFD_SEND_SIGNAL, handle, signal, 0, 0).errno();
    }

    /// Returns the limit of `resource` that `pid` has.
    public static Answer<Limit> limit(long pid, int resource) {
        try (var arena = Arena.ofConfined()) {
            return limit(arena, pid, resource, MemorySegment.NULL);
        }
    }

    /// Sets the limit of `resource` for `pid` and returns the one that it had.
    public static Answer<Limit> limit(long pid, int resource, Limit limit) {
        try (var arena = Arena.ofConfined()) {
            return limit(arena, pid, resource, arena.allocateFrom(JAVA_LONG, limit.soft(), limit.hard()));
        }
    }

    /// Returns the CPU time that all threads of `pid` have used, in nanoseconds; empty where there is no such
    /// process.
    public static OptionalLong cpuNanos(long pid) {
        checked(pid);
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(JAVA_LONG, 2);
            int clock = (~(int) pid << 3) | CPUCLOCK_SCHED; // as MAKE_PROCESS_CPUCLOCK of the kernel
            var state = Libc.room(arena);
            int result = (int) CLOCK_GETTIME.invokeExact(state, clock, time);
            return result == 0
                    ? OptionalLong.of(time.getAtIndex(JAVA_LONG, 0) * NANOS_PER_SECOND + time.getAtIndex(JAVA_LONG, 1))
                    : OptionalLong.empty();
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Makes this process the leader of a session of its own, so that no Ctrl-C of a terminal reaches it.
    public static void leaveTerminal() {
        try (var arena = Arena.ofConfined()) {
            var state = Libc.room(arena);
            int _ = (int) SETSID.invokeExact(state);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static Answer<Limit> limit(Arena arena, long pid, int resource, MemorySegment wanted) {
        checked(pid);
        try {
            var old = arena.allocate(JAVA_LONG, 2);
            var state = Libc.room(arena);
            int result = (int) PRLIMIT.invokeExact(state, (int) pid, resource, wanted, old);
            var found = new Limit(old.getAtIndex(JAVA_LONG, 0), old.getAtIndex(JAVA_LONG, 1));
            return new Answer<>(found, result == 0 ? 0 : Libc.errno(state));
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static Answer<Integer> call(long number, long first, long second, long third, long fourth) {
        try (var arena = Arena.ofConfined()) {
            var state = Libc.room(arena);
            long result = (long) SYSCALL.invokeExact(state, number, first, second, third, fourth);
            return new Answer<>((int) result, result < 0 ? Libc.errno(state) : 0);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Groups, everybody and init are no processes to be touched.
    private static void checked(long pid) {
        if (pid <= 1 || pid > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("not the pid of a process that may be signalled: " + pid);
        }
    }
}
