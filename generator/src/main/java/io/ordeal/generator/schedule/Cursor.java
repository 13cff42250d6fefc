package io.ordeal.generator.schedule;

/// A place in one segment's share of the arrivals of a timeline: the next one that is due. Not thread-safe.
public final class Cursor {
    private final Timeline timeline;
    private final Share share;
    private int place = -1;
    private long index;
    private long last;
    private long due = Arrivals.NEVER;

    /// Stands before the first arrival of `share` in `timeline`.
    public Cursor(Timeline timeline, Share share) {
        this.timeline = timeline;
        this.share = share;
        nextStretch();
    }

    /// Returns when the next arrival is due, in nanoseconds from the start of the run, or [Arrivals#NEVER].
    public long due() {
        return due;
    }

    /// Returns the index of the next arrival in the whole run, whatever the number of segments.
    public long index() {
        return index;
    }

    /// Returns the open stretch that the next arrival belongs to; there must be one.
    public Stretch.Open stretch() {
        return (Stretch.Open) timeline.stretches().get(place);
    }

    /// Goes on to the arrival after the next one.
    public void advance() {
        moveTo(index + share.segments());
    }

    /// Goes on to the first arrival that is due at `offset` or later, and returns how many it passed over.
    public long skipTo(long offset) {
        long passed = 0;
        while (due < offset) {
            var open = stretch();
            long target =
                    share.from(open.first() + open.arrivals().before(Math.min(offset, open.end()) - open.start()));
            passed += (target - index) / share.segments();
            moveTo(target);
        }
        return passed;
    }

    private void moveTo(long target) {
        index = target;
        if (index < last) {
            var open = stretch();
            due = open.start() + open.arrivals().instant(index - open.first());
        } else {
            nextStretch();
        }
    }

    private void nextStretch() {
        due = Arrivals.NEVER;
        while (due == Arrivals.NEVER && ++place < timeline.stretches().size()) {
            if (timeline.stretches().get(place) instanceof Stretch.Open open) {
                index = share.from(open.first());
                last = open.last();
                due = index < last ? open.start() + open.arrivals().instant(index - open.first()) : Arrivals.NEVER;
            }
        }
    }
}
