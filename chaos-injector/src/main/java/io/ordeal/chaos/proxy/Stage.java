package io.ordeal.chaos.proxy;

import java.util.Optional;

/// A toxic at work in one direction of one connection. What it takes it passes on to the next outlet, in order: at
/// once,
/// later, changed or never.
///
/// Every method runs on the event loop of its lane.
abstract class Stage implements Outlet {
    private final Optional<String> name;
    private final Lane lane;
    private Outlet next;

    /// Makes one that serves several toxics.
    Stage(Lane lane) {
        this(Optional.empty(), lane);
    }

    /// Makes the stage of the toxic called `name`.
    Stage(String name, Lane lane) {
        this(Optional.of(name), lane);
    }

    private Stage(Optional<String> name, Lane lane) {
        this.name = name;
        this.lane = lane;
        this.next = lane.exit();
    }

    /// Whether it is the stage of the toxic called `toxic`.
    final boolean isOf(String toxic) {
        return name.filter(toxic::equals).isPresent();
    }

    final Lane lane() {
        return lane;
    }

    final Outlet next() {
        return next;
    }

    final void link(Outlet outlet) {
        next = outlet;
    }

    @Override
    public void end() {
        next.end();
    }

    /// Obeys `effect`, which is of the kind that it has had, from now on.
    void update(Effect effect) {
        // most hold nothing that depends on it
    }

    /// Passes on what it holds: its toxic has gone.
    void release() {
        // most hold nothing
    }

    /// Lets go of what it holds: the connection has gone.
    void discard() {
        // most hold nothing
    }

    /// Whether it may hold a lot, because time passes while bytes do not.
    boolean roomy() {
        return false;
    }

    /// Whether it swallows bytes, so that the sink does not matter.
    boolean swallows() {
        return false;
    }
}
