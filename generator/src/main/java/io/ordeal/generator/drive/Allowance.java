package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Iterations;
import io.ordeal.generator.schedule.Seed;
import io.ordeal.generator.schedule.Share;
import io.ordeal.generator.schedule.Stretch;
import io.ordeal.generator.schedule.Timeline;

/// The iterations that the users of one load may begin in their phase. Belongs to one event loop.
final class Allowance {
    private static final int PHASE_BITS = 40;

    private final Share share;
    private int forfeited = -1;
    private int phase = -1;
    private long taken;

    Allowance(Share share) {
        this.share = share;
    }

    /// Gives up the iterations of all phases that began before `offset`; returns how many there were.
    long forfeit(Timeline timeline, long offset) {
        long skipped = 0;
        for (var stretch : timeline.stretches()) {
            if (stretch instanceof Stretch.Closed closed
                    && closed.start() < offset
                    && closed.phase() > forfeited
                    && !(closed.iterations() instanceof Iterations.Endless)) {
                forfeited = closed.phase();
                skipped += planned(closed);
            }
        }
        return skipped;
    }

    private long planned(Stretch.Closed stretch) {
        return switch (stretch.iterations()) {
            case Iterations.Endless _ -> 0;
            case Iterations.Each(long count) ->
                count * share.of((long) Math.ceil(stretch.population().from()));
            case Iterations.Between between -> between.of(share);
        };
    }

    /// Takes an iteration for `member`, the user number `ordinal` of its load; returns whether there was one.
    boolean take(Stretch.Closed stretch, ClosedLoad.Member member, long ordinal) {
        return switch (stretch.iterations()) {
            case Iterations.Endless _ -> own(member, ordinal);
            case Iterations.Each(long count) ->
                stretch.phase() > forfeited && left(stretch, member, count) && own(member, ordinal);
            case Iterations.Between between -> stretch.phase() > forfeited && shared(stretch, member, between);
        };
    }

    private static boolean own(ClosedLoad.Member member, long ordinal) {
        member.drawer = ordinal + 1;
        member.index = member.iterations;
        return true;
    }

    private static boolean left(Stretch.Closed stretch, ClosedLoad.Member member, long count) {
        if (member.phase != stretch.phase()) {
            member.phase = stretch.phase();
            member.left = count;
        }
        return member.left-- > 0;
    }

    private boolean shared(Stretch.Closed stretch, ClosedLoad.Member member, Iterations.Between between) {
        if (phase != stretch.phase()) {
            phase = stretch.phase();
            taken = 0;
        }
        if (taken >= between.of(share)) {
            return false;
        }
        member.drawer = Seed.SHARED;
        member.index = ((long) phase << PHASE_BITS) + between.index(share, taken++);
        return true;
    }
}
