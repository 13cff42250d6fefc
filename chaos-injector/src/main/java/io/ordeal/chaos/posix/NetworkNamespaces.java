package io.ordeal.chaos.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Network namespaces of threads.
public final class NetworkNamespaces {
    private static final int NEW_NETWORK = 0x40000000;
    private static final MethodHandle SETNS = Libc.bind("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private NetworkNamespaces() {}

    /// Moves the calling thread, and only it, into the network namespace that `file` stands for.
    ///
    /// @throws IllegalStateException when it cannot be entered
    public static void join(Path file) {
        int descriptor = Descriptors.open(file);
        try (var arena = Arena.ofConfined()) {
            var errno = Libc.room(arena);
            if (descriptor < 0 || (int) SETNS.invokeExact(errno, descriptor, NEW_NETWORK) != 0) {
                int problem = descriptor < 0 ? -descriptor : Libc.errno(errno);
                throw new IllegalStateException("namespace " + file + " cannot be entered: errno " + problem);
            }
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        } finally {
            if (descriptor >= 0) {
                Descriptors.close(descriptor);
            }
        }
    }
}
