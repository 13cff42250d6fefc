package io.ordeal.chaos.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

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

    @SuppressWarnings("restricted") // signals need libc
    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor, ERRNO);
    }
}
