package io.ordeal.chaos.resource;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Deque;

/// Memory that is held in pieces, each of them touched, and given back piece by piece.
final class MemoryHolder {
    /// The size of a piece, bytes.
    static final long PIECE = 1 << 20;

    private static final byte CONTENT = 0x5a;

    private final Deque<Arena> pieces = new ArrayDeque<>();

    /// Takes one more piece; returns when the kernel has given all of it.
    void grow() {
        var arena = Arena.ofShared();
        arena.allocate(PIECE).fill(CONTENT);
        pieces.push(arena);
    }

    /// Gives one piece back, where there is one.
    void shrink() {
        if (!pieces.isEmpty()) {
            pieces.pop().close();
        }
    }

    /// Returns the bytes that it holds.
    long held() {
        return pieces.size() * PIECE;
    }
}
