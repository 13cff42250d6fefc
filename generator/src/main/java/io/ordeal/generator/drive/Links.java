package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Share;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.SegmentPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Which connection a request goes over. Belongs to one event loop.
sealed interface Links {
    /// Gives `exchange` a connection, now or when one is free.
    void take(Exchange exchange, long now);

    /// Takes the connection of an exchange that has ended back.
    void giveBack(Link link, long now);

    /// Returns the exchanges that wait for a connection and forgets them.
    List<Exchange> giveUp();

    /// Closes every connection.
    void close();

    /// Returns a connection for a user of its own, or the shared ones' stand-in.
    Link forUser();

    /// Whether plain requests may take the short way past the HTTP client.
    boolean direct();

    /// Drops every open connection in the same instant; who had one connects again at once.
    void storm();

    /// Returns the connections that `plan` asks for, none of them open yet.
    static Links of(SegmentPlan plan, EventLoops loops) {
        var connections = plan.connections();
        var dialer = Dialer.of(plan, loops);
        Supplier<Link> make = () -> new Link(dialer, connections.churn());
        if (connections.mode() == ConnectionMode.PER_USER) {
            return new PerUser(make, dialer);
        }
        var share = new Share(plan.segment(), plan.segments());
        return new Shared(make, (int) Math.max(1, share.of(connections.limit())), dialer);
    }

    /// Each user has its own connection: nothing ever waits.
    final class PerUser implements Links {
        private final Supplier<Link> make;
        private final List<Link> links = new ArrayList<>();
        private final Dialer dialer;

        PerUser(Supplier<Link> make, Dialer dialer) {
            this.make = make;
            this.dialer = dialer;
        }

        @Override
        public Link forUser() {
            var link = make.get();
            links.add(link);
            return link;
        }

        @Override
        public void take(Exchange exchange, long now) {
            exchange.use(exchange.user().link(), now);
        }

        @Override
        public void giveBack(Link link, long now) {
            // it stays with its user
        }

        @Override
        public List<Exchange> giveUp() {
            return List.of();
        }

        @Override
        public boolean direct() {
            return dialer.direct();
        }

        @Override
        public void storm() {
            links.forEach(Link::drop);
        }

        @Override
        public void close() {
            links.forEach(Link::discard);
            dialer.close();
        }
    }

    /// A fixed number of connections that all users share; requests wait in order of arrival. Of connections that carry
    /// one request at a time the one used last is used first; those that carry several take turns.
    final class Shared implements Links {
        private final List<Link> links = new ArrayList<>();
        private final ArrayDeque<Link> free = new ArrayDeque<>();
        private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
        private final Link none;
        private final Dialer dialer;
        private final boolean turns;

        Shared(Supplier<Link> make, int limit, Dialer dialer) {
            for (int i = 0; i < limit; i++) {
                links.add(make.get());
            }
            for (int i = 0; i < dialer.streams(); i++) {
                free.addAll(links);
            }
            this.none = make.get();
            this.dialer = dialer;
            this.turns = dialer.streams() > 1;
        }

        @Override
        public Link forUser() {
            return none;
        }

        @Override
        public void take(Exchange exchange, long now) {
            if (free.isEmpty()) {
                waiting.add(exchange);
            } else {
                exchange.use(free.pop(), now);
            }
        }

        @Override
        public void giveBack(Link link, long now) {
            if (waiting.isEmpty()) {
                leave(link);
            } else {
                waiting.remove().use(link, now);
            }
        }

        private void leave(Link link) {
            if (turns) {
                free.add(link);
            } else {
                free.push(link);
            }
        }

        @Override
        public List<Exchange> giveUp() {
            var given = List.copyOf(waiting);
            waiting.clear();
            return given;
        }

        @Override
        public boolean direct() {
            return dialer.direct();
        }

        @Override
        public void storm() {
            links.forEach(Link::drop);
        }

        @Override
        public void close() {
            links.forEach(Link::discard);
            dialer.close();
        }
    }
}
