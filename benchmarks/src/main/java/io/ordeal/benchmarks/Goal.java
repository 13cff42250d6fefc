package io.ordeal.benchmarks;

/// A goal of the design beside what was measured.
final class Goal {
    private Goal() {}

    /// Prints a goal that is met by `figure` or more.
    static void atLeast(String what, double goal, double figure) {
        print(what, "at least", goal, figure, figure >= goal);
    }

    /// Prints a goal that is met by `figure` or less.
    static void atMost(String what, double goal, double figure) {
        print(what, "at most", goal, figure, figure <= goal);
    }

    private static void print(String what, String bound, double goal, double figure, boolean met) {
        var ratio = goal == 0 ? "     -" : "%6.2f".formatted(figure / goal);
        System.out.printf(
                "%-45s goal %s %10.3f   figure %12.3f   ratio %s   %s%n",
                what, bound, goal, figure, ratio, met ? "met" : "MISSED");
    }
}
