package io.ordeal.aggregator.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/// Where the level of a history of results changed for good.
///
/// E-divisive means (Matteson and James 2014): the stretch is cut where the energy distance of its two sides is
/// greatest, and each side again. As in Hunter (Fleming et al. 2023) a cut stands where Student's t-test tells its
/// sides apart, which makes the answer the same each time, and cuts that become doubtful or small beside their
/// neighbours are taken back.
public final class ChangePoints {
    private static final int SHORTEST_SIDE = 3;
    /// The first pass is lenient, as a change beside another one may hide until that one is cut off.
    private static final double LENIENCE = 10;

    private final double[] values;
    private final double significance;
    private final double magnitude;

    private ChangePoints(double[] values, double significance, double magnitude) {
        this.values = values;
        this.significance = significance;
        this.magnitude = magnitude;
    }

    /// A change.
    ///
    /// @param index of the first value of the new level
    /// @param before the mean of the level that ended
    /// @param after the mean of the level that began
    /// @param significance the probability of such a difference without a change
    public record Change(int index, double before, double after, double significance) {}

    /// Returns the changes in `values`, in order.
    ///
    /// @param significance above which a change is doubtful, for instance 0.001
    /// @param magnitude the least relative change of the level, for instance 0.02
    public static List<Change> of(double[] values, double significance, double magnitude) {
        return new ChangePoints(values, significance, magnitude).find();
    }

    private List<Change> find() {
        var cuts = new ArrayList<Integer>();
        split(0, values.length, cuts);
        cuts.sort(Comparator.naturalOrder());
        var changes = changes(cuts);
        while (true) {
            var doubtful =
                    changes.stream().filter(this::doubtful).max(Comparator.comparingDouble(Change::significance));
            if (doubtful.isEmpty()) {
                return changes;
            }
            cuts.remove(Integer.valueOf(doubtful.get().index()));
            changes = changes(cuts);
        }
    }

    private void split(int from, int to, List<Integer> cuts) {
        var best = bestCut(from, to);
        if (best.isPresent() && change(from, best.get(), to).significance() <= significance * LENIENCE) {
            cuts.add(best.get());
            split(from, best.get(), cuts);
            split(best.get(), to, cuts);
        }
    }

    private boolean doubtful(Change change) {
        double level = Math.abs(change.before());
        boolean small = Math.abs(change.after() - change.before()) < magnitude * level;
        return change.significance() > significance || small;
    }

    private List<Change> changes(List<Integer> cuts) {
        var changes = new ArrayList<Change>();
        for (int i = 0; i < cuts.size(); i++) {
            int from = i == 0 ? 0 : cuts.get(i - 1);
            int to = i == cuts.size() - 1 ? values.length : cuts.get(i + 1);
            changes.add(change(from, cuts.get(i), to));
        }
        return changes;
    }

    private Change change(int from, int cut, int to) {
        var before = Arrays.copyOfRange(values, from, cut);
        var after = Arrays.copyOfRange(values, cut, to);
        // The cut was chosen for its difference, so chance had as many tries as there are cuts (Bonferroni).
        int tries = Math.max(1, to - from - 2 * SHORTEST_SIDE + 1);
        return new Change(cut, mean(before), mean(after), Math.min(1, tries * differ(before, after)));
    }

    /// Two level stretches differ surely, or not at all, where neither varies.
    private static double differ(double[] before, double[] after) {
        double p = TTest.withDefaults()
                .with(DataDispersion.HOMOSCEDASTIC)
                .test(before, after)
                .getPValue();
        return Double.isNaN(p) ? (mean(before) == mean(after) ? 1 : 0) : p;
    }

    /// Returns where the energy distance of the two sides is greatest: `n m / (n + m) (2 E|X-Y| - E|X-X'| -
    /// E|Y-Y'|)`. The sums of distances within and between are carried from cut to cut.
    private Optional<Integer> bestCut(int from, int to) {
        if (to - from < 2 * SHORTEST_SIDE) {
            return Optional.empty();
        }
        double within = 0;
        double between = 0;
        double beyond = 0;
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                beyond += Math.abs(values[i] - values[j]);
            }
        }
        double best = 0;
        var cut = Optional.<Integer>empty();
        for (int moved = from; moved < to - SHORTEST_SIDE; moved++) {
            double left = distances(moved, from, moved);
            double right = distances(moved, moved + 1, to);
            within += left;
            between += right - left;
            beyond -= right;
            int n = moved + 1 - from;
            int m = to - moved - 1;
            if (n >= SHORTEST_SIDE) {
                double energy = 2 * between / ((double) n * m)
                        - 2 * within / ((double) n * (n - 1))
                        - 2 * beyond / ((double) m * (m - 1));
                double statistic = (double) n * m / (n + m) * energy;
                if (statistic > best) {
                    best = statistic;
                    cut = Optional.of(moved + 1);
                }
            }
        }
        return cut;
    }

    private double distances(int of, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(values[of] - values[i]);
        }
        return sum;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
