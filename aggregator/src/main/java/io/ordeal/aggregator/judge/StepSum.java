package io.ordeal.aggregator.judge;

import java.util.List;

/// What the windows that lie wholly within one step of a load in steps have, added up.
///
/// Its size is bounded by the plan: one tally for each selection of requests that an objective makes.
public final class StepSum {
    private final Plan plan;
    private final Place place;
    private final List<Tally> tallies;
    private long time;
    private long dropped;

    /// A step of a phase, by index.
    public record Place(int phase, int step) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return phase != other.phase ? Integer.compare(phase, other.phase) : Integer.compare(step, other.step);
        }
    }

    /// Starts empty.
    public StepSum(Plan plan, Place place) {
        this.plan = plan;
        this.place = place;
        this.tallies = plan.selections().stream().map(_ -> new Tally()).toList();
    }

    /// Adds time, microseconds, in which nothing was due.
    public void idle(long length) {
        time += length;
    }

    /// Adds a window.
    public void add(RunWindow window) {
        time += window.end() - window.start();
        dropped += window.mainPhase() == place.phase ? window.load().dropped() : 0;
        for (int i = 0; i < tallies.size(); i++) {
            var selection = plan.selections().get(i);
            tallies.get(i)
                    .add(window.sum(phase -> phase == place.phase, request -> selection.takes(plan.request(request))));
        }
    }

    Place place() {
        return place;
    }

    /// Returns what the requests of `selection` did.
    Evidence evidence(Selection selection) {
        return new Evidence(
                tallies.get(plan.selections().indexOf(selection)),
                selection.all() ? dropped : 0,
                selection.all() ? 0 : dropped,
                time / 1e6,
                false,
                false);
    }

    /// Writes it.
    public void write(ByteWriter out) {
        out.number(time).number(dropped);
        tallies.forEach(tally -> tally.write(out));
    }

    /// Adds what [#write] has written.
    public void addFrom(ByteReader in) {
        time += in.number();
        dropped += in.number();
        tallies.forEach(tally -> tally.addFrom(in));
    }
}
