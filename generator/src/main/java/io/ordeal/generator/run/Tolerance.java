package io.ordeal.generator.run;

import java.util.ArrayList;
import java.util.List;

/// How far a generator may fall short before what it measured in that time counts as its own doing. Beyond it, it is
/// saturated. Times are in nanoseconds.
///
/// @param startDelay from the instant at which a request was due to its start
/// @param eventLoopLag of the event loop, behind the instant at which it was to come back
/// @param gc for which garbage collection stops the process between two ticks
/// @param backlog events that wait to be published; a little below the limit from which on they are lost
/// @param cores of the machine; who uses nearly all of them is told to be short of them, where that has an effect
public record Tolerance(long startDelay, long eventLoopLag, long gc, long backlog, int cores) {
    private static final double EXHAUSTED = 0.9;

    /// Returns a tolerance for everything.
    public static Tolerance unlimited() {
        return new Tolerance(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1);
    }

    /// Returns what was not tolerable since the last tick, in words; empty when all was.
    String broken(long delayed, long lagged, long stopped, long lost, Account.Outside outside) {
        if (delayed <= startDelay
                && lagged <= eventLoopLag
                && stopped <= gc
                && lost == 0
                && outside.backlog() <= backlog) {
            return "";
        }
        return words(delayed, lagged, stopped, lost, outside);
    }

    private String words(long delayed, long lagged, long stopped, long lost, Account.Outside outside) {
        var causes = new ArrayList<String>();
        add(causes, delayed > startDelay, "requests began up to " + millis(delayed) + " late");
        add(causes, lagged > eventLoopLag, "an event loop came back " + millis(lagged) + " late");
        add(causes, stopped > gc, "garbage collection stopped the generator for " + millis(stopped));
        add(causes, outside.backlog() > backlog, outside.backlog() + " events wait to be published");
        add(causes, lost > 0, lost + " events could not be published");
        add(
                causes,
                outside.cpu() >= EXHAUSTED * cores,
                "the generator used %.1f of %d cores".formatted(outside.cpu(), cores));
        return String.join("; ", causes);
    }

    private static void add(List<String> causes, boolean holds, String cause) {
        if (holds) {
            causes.add(cause);
        }
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }
}
