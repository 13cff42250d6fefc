package io.ordeal.generator.schedule;

/// A part of a run in which the load follows one rule: a phase, or what an adjustment has made of it. Nanoseconds
/// from the start of the run.
public sealed interface Stretch {
    /// Returns the index of the phase that it belongs to.
    int phase();

    /// Returns its first instant.
    long start();

    /// Returns its end, which belongs to the next one.
    long end();

    /// Returns the same rule, ending at `end`.
    Stretch until(long end);

    /// Arrivals that do not wait for one another.
    ///
    /// @param first the index, in the whole run, of its first arrival
    /// @param maxInFlight most iterations under way at once, in the whole run
    record Open(int phase, long start, long end, Arrivals arrivals, long first, int maxInFlight) implements Stretch {
        @Override
        public Stretch until(long earlier) {
            return new Open(phase, start, earlier, arrivals, first, maxInFlight);
        }

        /// Returns the index, in the whole run, after its last arrival.
        long last() {
            return first + arrivals.before(end - start);
        }

        Open startingAt(long index) {
            return new Open(phase, start, end, arrivals, index, maxInFlight);
        }
    }

    /// Users that each wait for their answer.
    ///
    /// @param iterations how many of them there are in the phase
    record Closed(int phase, long start, long end, Population population, Iterations iterations) implements Stretch {
        @Override
        public Stretch until(long earlier) {
            return new Closed(phase, start, earlier, population, iterations);
        }

        Closed after(long users) {
            return new Closed(phase, start, end, population.after(users), iterations);
        }
    }
}
