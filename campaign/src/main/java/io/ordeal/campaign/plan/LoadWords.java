package io.ordeal.campaign.plan;

import io.ordeal.campaign.document.Load;
import io.ordeal.campaign.document.OwnLoad;
import io.ordeal.campaign.document.Phase;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.load.LoadPhase;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Loads in words.
public final class LoadWords {
    private LoadWords() {}

    /// Returns the load of a phase, for instance `100/s to 500/s by 100/s every 30s, at random, until p95 > 500ms`.
    ///
    /// @param planned the same phase as generators are told it: on a time scale its numbers differ
    public static String of(Phase phase, LoadPhase planned) {
        return load(phase.load(), planned)
                + (phase.poisson() ? ", at random" : "")
                + phase.until().map(until -> ", until " + until.expression()).orElse("");
    }

    /// Returns a load that has several phases, for instance `100/s for 30s, then 10 users for 1m`.
    public static String of(OwnLoad load, List<LoadPhase> planned) {
        return IntStream.range(0, planned.size())
                .mapToObj(i -> of(load.phases().get(i), planned.get(i)) + " for "
                        + Figures.span(planned.get(i).duration()))
                .collect(Collectors.joining(", then "));
    }

    private static String load(Load load, LoadPhase planned) {
        return switch (load) {
            case Load.None _ -> "loads of scenarios";
            case Load.Users(int count, boolean atOnce) -> users(count) + once(atOnce);
            case Load.RampingUsers(int from, int to) -> Figures.count(from) + " to " + users(to);
            case Load.SteppedUsers(int from, int to, int step, Duration _) ->
                Figures.count(from) + " to " + users(to) + " by " + Figures.count(Math.abs(step)) + every(planned);
            case Load.Iterations(int users, long _, boolean each, boolean atOnce) ->
                users(users) + once(atOnce) + ", " + Figures.count(planned.count())
                        + (each ? " iterations each" : " iterations between them");
            case Load.Rate(double perSecond) -> Figures.rate(perSecond);
            case Load.RampingRate(double from, double to) -> Figures.rate(from) + " to " + Figures.rate(to);
            case Load.SteppedRate(double from, double to, double step, Duration _) ->
                Figures.rate(from) + " to " + Figures.rate(to) + " by " + Figures.rate(Math.abs(step)) + every(planned);
            case Load.Arrivals(long _, boolean atOnce) ->
                Figures.count(planned.count()) + (planned.count() == 1 ? " arrival" : " arrivals") + once(atOnce);
        };
    }

    private static String users(int count) {
        return Figures.count(count) + " users";
    }

    private static String once(boolean atOnce) {
        return atOnce ? " at once" : "";
    }

    private static String every(LoadPhase planned) {
        return " every " + Figures.span(planned.every());
    }
}
