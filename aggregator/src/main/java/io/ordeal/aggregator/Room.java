package io.ordeal.aggregator;

/// Room for a bounded number of something. Not thread-safe.
final class Room {
    private int left;

    /// Starts with room for `left`.
    Room(int left) {
        this.left = left;
    }

    /// Takes room for one; says whether there was any.
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    /// Gives back room for `count`.
    void give(int count) {
        left += count;
    }
}
