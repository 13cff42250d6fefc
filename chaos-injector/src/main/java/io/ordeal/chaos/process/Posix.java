package io.ordeal.chaos.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// The few libc calls that Java lacks. The one binding of libc in this module.
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
    private static final MethodHandle KILL = bind("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), ERRNO);
    private static final MethodHandle SETSID = bind("setsid", FunctionDescriptor.of(JAVA_INT), ERRNO);

    private static final int READ_WRITE = 2;
    private static final int DIRECTORY = "aarch64".equals(System.getProperty("os.arch")) ? 0x4000 : 0x10000;
    private static final int UNNAMED = 0x400000 | DIRECTORY;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int OWNER_ONLY = 0600;

    private Posix() {}

    /// Opens a file in `folder` that has no name and so ends with its last descriptor, and returns the descriptor, or
    /// minus errno.
    public static int openUnnamed(Path folder) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            var path = arena.allocateFrom(folder.toString());
            int result = (int) Files.OPEN.invokeExact(state, path, UNNAMED | READ_WRITE | CLOSE_ON_EXEC, OWNER_ONLY);
            return result >= 0 ? result : -(int) ERRNO_FIELD.get(state, 0L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Makes a file that has no name and is kept in memory, and returns its descriptor, or minus errno.
    public static int memoryFile() {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) Files.MEMFD_CREATE.invokeExact(state, arena.allocateFrom("ordeal"), 1);
            return result >= 0 ? result : -(int) ERRNO_FIELD.get(state, 0L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Closes `descriptor`.
    public static void close(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            int _ = (int) Files.CLOSE.invokeExact(state, descriptor);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Gives the file behind `descriptor` real blocks and returns errno, 0 when it has them.
    public static int allocate(int descriptor, long offset, long length) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) Files.FALLOCATE.invokeExact(state, descriptor, 0, offset, length);
            return result == 0 ? 0 : (int) ERRNO_FIELD.get(state, 0L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Bound only where files are filled.
    private static final class Files {
        static final MethodHandle OPEN = bind(
                "open",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                ERRNO,
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle MEMFD_CREATE =
                bind("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), ERRNO);
        static final MethodHandle CLOSE = bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), ERRNO);
        static final MethodHandle FALLOCATE =
                bind("fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG), ERRNO);
    }

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
    private static MethodHandle bind(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor, options);
    }
}
