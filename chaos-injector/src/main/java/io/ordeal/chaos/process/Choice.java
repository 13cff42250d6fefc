package io.ordeal.chaos.process;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The members of a group that a fault is on.
final class Choice {
    /// What a fraction such as 0.3 lacks in binary.
    private static final double ROUNDING = 1e-9;

    private Choice() {}

    /// Returns `fraction` of `members` by chance, rounded down, so that it is never more than was allowed; but at
    /// least one.
    static List<String> of(List<String> members, double fraction, Random random) {
        int count = Math.clamp((long) Math.floor(members.size() * fraction + ROUNDING), 1, members.size());
        var shuffled = new ArrayList<>(members);
        Collections.shuffle(shuffled, random);
        var chosen = shuffled.subList(0, count);
        return members.stream().filter(chosen::contains).toList();
    }
}
