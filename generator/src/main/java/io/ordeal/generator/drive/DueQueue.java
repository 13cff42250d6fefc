package io.ordeal.generator.drive;

import java.util.Arrays;
import java.util.Optional;

/// Users by the instant at which each goes on, the earliest first: a binary heap that makes no garbage. Not thread-
/// safe.
final class DueQueue {
    /// Stands for an instant that never comes.
    static final long NEVER = Long.MAX_VALUE;

    private long[] instants = new long[64];
    private User[] users = new User[64];
    private int size;

    /// Returns the earliest instant, or [#NEVER].
    long earliest() {
        return size == 0 ? NEVER : instants[0];
    }

    /// Puts `user` in, to go on at `instant`.
    void add(long instant, User user) {
        if (size == users.length) {
            instants = Arrays.copyOf(instants, size * 2);
            users = Arrays.copyOf(users, size * 2);
        }
        int place = size++;
        while (place > 0 && instants[(place - 1) / 2] > instant) {
            move((place - 1) / 2, place);
            place = (place - 1) / 2;
        }
        instants[place] = instant;
        users[place] = user;
    }

    /// Takes out the user that goes on first; empty when there is none.
    Optional<User> poll() {
        if (size == 0) {
            return Optional.empty();
        }
        var first = users[0];
        size--;
        if (size > 0) {
            sink(instants[size], users[size]);
        }
        return Optional.of(first);
    }

    private void sink(long instant, User user) {
        int place = 0;
        int child = smallerChild(place);
        while (child < size && instants[child] < instant) {
            move(child, place);
            place = child;
            child = smallerChild(place);
        }
        instants[place] = instant;
        users[place] = user;
    }

    private int smallerChild(int place) {
        int left = 2 * place + 1;
        return left + 1 < size && instants[left + 1] < instants[left] ? left + 1 : left;
    }

    private void move(int from, int to) {
        instants[to] = instants[from];
        users[to] = users[from];
    }
}
