package io.ordeal.sample.limits;

import java.util.ArrayDeque;
import java.util.Optional;

/// A bounded queue before a bounded number of places. Who enters gets a place, waits, or is refused; nobody
/// overtakes.
///
/// @param <T> who waits
public final class WaitingRoom<T> {

    /// What became of one who entered.
    public enum Entry {
        /// Has a place: work starts, and [#leave] must follow.
        STARTED,
        /// Waits until [#next] hands it out.
        WAITING,
        /// Was sent away: all places and the whole queue are taken.
        REFUSED
    }

    private final ArrayDeque<T> queue = new ArrayDeque<>();
    private int places;
    private int capacity;
    private int busy;

    /// @param places how many work at once, at least 1
    /// @param capacity how many more may wait, at least 0
    public WaitingRoom(int places, int capacity) {
        resize(places, capacity);
    }

    /// Changes both bounds. Nobody who works or waits is sent away: a room that shrank lets nobody in until it is
    /// within its bounds; one that grew hands out more through [#next].
    public void resize(int places, int capacity) {
        if (places < 1 || capacity < 0) {
            throw new IllegalArgumentException("places " + places + ", capacity " + capacity);
        }
        this.places = places;
        this.capacity = capacity;
    }

    /// Lets `visitor` in, or not.
    public Entry enter(T visitor) {
        if (busy < places && queue.isEmpty()) {
            busy++;
            return Entry.STARTED;
        }
        if (queue.size() >= capacity) {
            return Entry.REFUSED;
        }
        queue.add(visitor);
        return Entry.WAITING;
    }

    /// Gives one place back.
    public void leave() {
        if (busy == 0) {
            throw new IllegalStateException("nobody has a place");
        }
        busy--;
    }

    /// Gives a free place to the one who has waited longest; empty while no place is free or nobody waits.
    public Optional<T> next() {
        if (busy >= places || queue.isEmpty()) {
            return Optional.empty();
        }
        busy++;
        return Optional.of(queue.remove());
    }

    /// How many have a place.
    public int busy() {
        return busy;
    }

    /// How many wait.
    public int waiting() {
        return queue.size();
    }
}
