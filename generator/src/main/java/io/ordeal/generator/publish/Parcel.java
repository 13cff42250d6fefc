package io.ordeal.generator.publish;

/// Some encoded events of one lane in order, handed from its event loop to the publishing thread in one go; a tick
/// may end it.
public final class Parcel {
    /// Most events in one parcel.
    static final int ROOM = 128;

    private final Lane lane;
    private final byte[][] values = new byte[ROOM + 1][];
    private int size;
    private boolean tick;

    Parcel(Lane lane) {
        this.lane = lane;
    }

    void event(byte[] value) {
        values[size++] = value;
    }

    /// Adds a tick, after which nothing may follow.
    void tick(byte[] value) {
        tick = true;
        values[size++] = value;
    }

    Lane lane() {
        return lane;
    }

    int size() {
        return size;
    }

    int events() {
        return tick ? size - 1 : size;
    }

    boolean full() {
        return size >= ROOM;
    }

    byte[] value(int place) {
        return values[place];
    }
}
