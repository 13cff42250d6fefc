package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Behaviour;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The behaviour in force. One event loop changes it; any thread may ask.
final class LiveBehaviour {

    private final List<Consumer<Behaviour>> followers = new CopyOnWriteArrayList<>();
    private volatile Behaviour current;

    LiveBehaviour(Behaviour first) {
        current = first;
    }

    /// The behaviour in force.
    Behaviour now() {
        return current;
    }

    /// Tells `follower` of each change from now on, on the thread that makes it.
    void follow(Consumer<Behaviour> follower) {
        followers.add(follower);
    }

    /// Puts another behaviour in force.
    void adopt(Behaviour changed) {
        current = changed;
        followers.forEach(follower -> follower.accept(changed));
    }
}
