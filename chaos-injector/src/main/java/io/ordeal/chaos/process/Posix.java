package io.ordeal.chaos.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// The few libc calls that Java lacks. The one native binding of this module.
public final class Posix {
    /// Ends a process at once.
    public static final int SIGKILL = 9;
    /// Ends a process in order.
    public static final int SIGTERM = 15;
    /// Lets a stopped process go on.
    public static final int SIGCONT = 18;
    /// Stops a process.
    public static final int SIGSTOP = 19;

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_FIELD =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle KILL = bind("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final int NEW_NETWORK = 0x40000000;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final MethodHandle SETSID = bind("setsid", FunctionDescriptor.of(JAVA_INT));

    private Posix() {}

    /// Sends `signal` to `pid` and returns errno, 0 when sent.
    public static int kill(long pid, int signal) {
        if (pid <= 1 || pid > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("not the pid of a process that may be signalled: " + pid);
        }
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) KILL.invokeExact(state, (int) pid, signal);
            return result == 0 ? 0 : (int) ERRNO_FIELD.get(state, 0L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Makes this process the leader of a session of its own, so that no Ctrl-C of a terminal reaches it.
    public static void leaveTerminal() {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            int _ = (int) SETSID.invokeExact(state);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Moves the calling thread, and only it, into the network namespace that `file` stands for.
    ///
    /// @throws IllegalStateException when it cannot be entered
    public static void joinNetwork(Path file) {
        // Bound here: a guard never needs them.
        var open = bind("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        var setns = bind("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        var close = bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        int errno = 0;
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            int descriptor = (int) open.invokeExact(state, arena.allocateFrom(file.toString()), CLOSE_ON_EXEC);
            if (descriptor < 0) {
                errno = (int) ERRNO_FIELD.get(state, 0L);
            } else {
                int result = (int) setns.invokeExact(state, descriptor, NEW_NETWORK);
                errno = result == 0 ? 0 : (int) ERRNO_FIELD.get(state, 0L);
                int _ = (int) close.invokeExact(state, descriptor);
            }
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
        if (errno != 0) {
            throw new IllegalStateException("namespace " + file + " cannot be entered: errno " + errno);
        }
    }

    @SuppressWarnings("restricted") // signals need libc
    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor, ERRNO);
    }
}
