package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.results.WorstWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The windows in which an objective did not hold by most, the worst first; of equal ones the earliest.
public final class Worst {
    private final Comparator<WorstWindow> order;
    private final List<WorstWindow> windows = new ArrayList<>();

    /// @param comparison says whether more or less is worse
    public Worst(Comparison comparison) {
        var observed = Comparator.comparingDouble(WorstWindow::observed);
        this.order = (comparison.bounded() ? observed.reversed() : observed).thenComparing(WorstWindow::start);
    }

    /// Takes a window, if it is bad enough.
    public void add(WorstWindow window) {
        windows.add(window);
        windows.sort(order);
        if (windows.size() > Rules.WORST_WINDOWS) {
            windows.removeLast();
        }
    }

    /// Returns them.
    public List<WorstWindow> all() {
        return List.copyOf(windows);
    }
}
