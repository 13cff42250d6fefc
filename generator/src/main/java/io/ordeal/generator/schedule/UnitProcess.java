package io.ordeal.generator.schedule;

import java.util.Arrays;

/// A Poisson process of rate 1 that can be entered anywhere: the time of arrival n follows from the seed and n.
///
/// Gaps between arrivals are exponential with mean 1, so 1024 of them together last Gamma(1024). Arrivals come in
/// blocks of 1024. The length of a block is drawn by itself (Marsaglia and Tsang, A simple method for generating
/// gamma variables, ACM TOMS 26, 2000). Within it, arrivals stand at the partial sums of 1024 exponentials, divided
/// by their sum: those proportions are independent of the sum (Lukacs, A characterization of the gamma
/// distribution, 1955), so a length drawn apart from them gives back independent exponential gaps. To enter at
/// arrival n, only the lengths of the blocks before it are needed.
///
/// Logarithms are those of [StrictMath], which are the same on every machine. Thread-safe.
final class UnitProcess {
    private static final int BLOCK = 1024;

    private final Seed seed;
    private final double[] starts;
    private volatile Block recent;

    private UnitProcess(Seed seed, double[] starts) {
        this.seed = seed;
        this.starts = starts;
        this.recent = block(0);
    }

    /// Returns a process that has at least all arrivals up to `length`.
    static UnitProcess lasting(Seed seed, double length) {
        var starts = new double[(int) (length / BLOCK) + 8];
        int count = 1;
        while (starts[count - 1] <= length) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count] = starts[count - 1] + length(seed, count - 1);
            count++;
        }
        return new UnitProcess(seed, Arrays.copyOf(starts, Math.max(2, count)));
    }

    /// Returns a process that has at least `arrivals` arrivals.
    static UnitProcess of(Seed seed, long arrivals) {
        var starts = new double[Math.toIntExact(Math.ceilDiv(arrivals, BLOCK)) + 1];
        for (int block = 1; block < starts.length; block++) {
            starts[block] = starts[block - 1] + length(seed, block - 1);
        }
        return new UnitProcess(seed, starts);
    }

    Seed seed() {
        return seed;
    }

    /// Returns how many arrivals it has.
    long arrivals() {
        return (starts.length - 1L) * BLOCK;
    }

    /// Returns the time of arrival `n`, which it must have.
    double at(long n) {
        int number = (int) (n / BLOCK);
        var block = recent;
        if (block.number != number) {
            block = block(number);
            recent = block; // segments go through the same blocks at about the same time
        }
        return block.times[(int) (n % BLOCK)];
    }

    /// Returns how many arrivals come before `time`.
    long before(double time) {
        int found = Arrays.binarySearch(starts, time);
        int number = found >= 0 ? found : -found - 2;
        if (number < 0) {
            return 0;
        }
        if (number >= starts.length - 1) {
            return arrivals();
        }
        int within = Arrays.binarySearch(block(number).times, time);
        return (long) number * BLOCK + (within >= 0 ? within : -within - 1);
    }

    private Block block(int number) {
        var draws = new Draws(seed.part(2L * number + 1));
        var times = new double[BLOCK];
        double sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += draws.exponential();
            times[i] = sum;
        }
        double start = starts[number];
        double end = starts[number + 1];
        for (int i = 0; i < BLOCK; i++) {
            times[i] = Math.min(end, start + (end - start) * (times[i] / sum));
        }
        return new Block(number, times);
    }

    private static double length(Seed seed, int block) {
        return new Draws(seed.part(2L * block)).gamma(BLOCK);
    }

    /// The times of the arrivals of one block.
    private static final class Block {
        private final int number;
        private final double[] times;

        Block(int number, double[] times) {
            this.number = number;
            this.times = times;
        }
    }
}
