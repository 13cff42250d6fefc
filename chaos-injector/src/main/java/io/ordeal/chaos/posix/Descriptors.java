package io.ordeal.chaos.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Open files by their numbers. What opens one returns its number, or minus errno.
public final class Descriptors {
    private static final int READ_WRITE = 2;
    private static final int DIRECTORY = "aarch64".equals(System.getProperty("os.arch")) ? 0x4000 : 0x10000;
    private static final int UNNAMED = 0x400000 | DIRECTORY;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int MEMORY_CLOSE_ON_EXEC = 1;
    private static final int OWNER_ONLY = 0600;

    private static final MethodHandle OPEN = Libc.bind(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle MEMFD_CREATE =
            Libc.bind("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE = Libc.bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle FALLOCATE =
            Libc.bind("fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private Descriptors() {}

    /// Opens `file` for reading.
    public static int open(Path file) {
        return open(file, CLOSE_ON_EXEC);
    }

    /// Opens a file in `folder` that has no name and so ends with its last descriptor.
    public static int openUnnamed(Path folder) {
        return open(folder, UNNAMED | READ_WRITE | CLOSE_ON_EXEC);
    }

    /// Makes a file that has no name and is kept in memory.
    ///
    /// @param name shown in `/proc` only
    public static int memoryFile(String name) {
        try (var arena = Arena.ofConfined()) {
            var errno = Libc.room(arena);
            int result = (int) MEMFD_CREATE.invokeExact(errno, arena.allocateFrom(name), MEMORY_CLOSE_ON_EXEC);
            return result >= 0 ? result : -Libc.errno(errno);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Closes `descriptor`.
    public static void close(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            int _ = (int) CLOSE.invokeExact(Libc.room(arena), descriptor);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// Gives the file behind `descriptor` real blocks and returns errno, 0 when it has them.
    public static int allocate(int descriptor, long offset, long length) {
        try (var arena = Arena.ofConfined()) {
            var errno = Libc.room(arena);
            int result = (int) FALLOCATE.invokeExact(errno, descriptor, 0, offset, length);
            return result == 0 ? 0 : Libc.errno(errno);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static int open(Path file, int flags) {
        try (var arena = Arena.ofConfined()) {
            var errno = Libc.room(arena);
            int result = (int) OPEN.invokeExact(errno, arena.allocateFrom(file.toString()), flags, OWNER_ONLY);
            return result >= 0 ? result : -Libc.errno(errno);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
