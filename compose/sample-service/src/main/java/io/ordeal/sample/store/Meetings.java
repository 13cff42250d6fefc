package io.ordeal.sample.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The meetings, of which the oldest are forgotten beyond a bound. Every change of a meeting raises its version, by
/// which a client that reconnects sees whether it is in step.
public final class Meetings {

    /// The most participants of one meeting.
    public static final int MOST_PARTICIPANTS = 1000;

    /// A meeting at one moment.
    ///
    /// @param participants in the order in which they joined
    /// @param version rises by one with every change
    public record Meeting(String id, String title, List<String> participants, long version) {}

    /// What became of a wish to join or to leave.
    public sealed interface Change {}

    /// The meeting is as wished; `changed` tells whether it was not so before.
    public record Done(String id, int participants, long version, boolean changed) implements Change {}

    /// There is no such meeting.
    public record NotFound() implements Change {}

    /// The meeting has as many participants as it can.
    public record Full() implements Change {}

    private static final class Room {
        final String title;
        final Set<String> participants = new LinkedHashSet<>();
        long version;

        Room(String title) {
            this.title = title;
        }
    }

    private final LinkedHashMap<String, Room> rooms = new LinkedHashMap<>();
    private final int bound;
    private long created;

    /// @param bound how many meetings are remembered
    public Meetings(int bound) {
        this.bound = bound;
    }

    /// Makes an empty meeting.
    public Meeting create(String title) {
        String id = "m" + ++created;
        Room room = new Room(title);
        rooms.put(id, room);
        if (rooms.size() > bound) {
            rooms.pollFirstEntry();
        }
        return view(id, room);
    }

    /// The meeting with this id.
    public Optional<Meeting> find(String id) {
        return Optional.ofNullable(rooms.get(id)).map(room -> view(id, room));
    }

    /// Whether there is a meeting with this id.
    public boolean exists(String id) {
        return rooms.containsKey(id);
    }

    /// The newest meetings, newest first.
    public List<Meeting> newest(int limit) {
        List<Meeting> newest = new ArrayList<>();
        for (Map.Entry<String, Room> entry : rooms.sequencedEntrySet().reversed()) {
            if (newest.size() == limit) {
                break;
            }
            newest.add(view(entry.getKey(), entry.getValue()));
        }
        return newest;
    }

    /// Lets `user` join; joining twice changes nothing.
    public Change join(String id, String user) {
        Room room = rooms.get(id);
        if (room == null) {
            return new NotFound();
        }
        if (room.participants.size() >= MOST_PARTICIPANTS && !room.participants.contains(user)) {
            return new Full();
        }
        return done(id, room, room.participants.add(user));
    }

    /// Lets `user` leave; leaving twice changes nothing.
    public Change leave(String id, String user) {
        Room room = rooms.get(id);
        return room == null ? new NotFound() : done(id, room, room.participants.remove(user));
    }

    private static Change done(String id, Room room, boolean changed) {
        room.version += changed ? 1 : 0;
        return new Done(id, room.participants.size(), room.version, changed);
    }

    private static Meeting view(String id, Room room) {
        return new Meeting(id, room.title, List.copyOf(room.participants), room.version);
    }
}
