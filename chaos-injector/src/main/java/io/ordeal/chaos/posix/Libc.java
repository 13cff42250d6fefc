package io.ordeal.chaos.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/// Binds functions of libc. The first argument of what is bound is room for errno, from [#room].
public final class Libc {
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private Libc() {}

    /// Returns the function `name`.
    ///
    /// @throws java.util.NoSuchElementException when this libc lacks it
    @SuppressWarnings("restricted") // there is no other way to libc
    public static MethodHandle bind(String name, FunctionDescriptor descriptor, Linker.Option... more) {
        var options = new ArrayList<>(List.of(more));
        options.addFirst(Linker.Option.captureCallState("errno"));
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(), descriptor, options.toArray(Linker.Option[]::new));
    }

    /// Returns room for errno.
    public static MemorySegment room(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    /// Returns the errno that a call has left in `room`.
    public static int errno(MemorySegment room) {
        return (int) ERRNO.get(room, 0L);
    }
}
