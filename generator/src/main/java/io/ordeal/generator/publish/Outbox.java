package io.ordeal.generator.publish;

import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.RecordCodec;
import io.ordeal.schemas.wire.TimingCodec;
import io.ordeal.schemas.wire.Topic;
import java.util.Arrays;

/// Where the event loop of one segment puts its events: encoded at once, handed on in parcels, in order. Never
/// blocks; not thread-safe.
public final class Outbox {
    private final Courier courier;
    private final Lane lane;
    private final byte[] prefix;
    private final String run;
    private final int segment;
    private final int epoch;
    private final TimingCodec codec = new TimingCodec();
    private final RecordCodec<Timing> general = RecordCodec.of(Topic.TIMINGS, Timing.class);
    private long put;
    private Parcel parcel;
    private boolean reserved;

    /// Opens the outbox of one segment under one owner.
    ///
    /// @param prefix what stands before each record
    public Outbox(Courier courier, Lane lane, byte[] prefix, String run, int segment, int epoch) {
        this.courier = courier;
        this.lane = lane;
        this.prefix = prefix.clone();
        this.run = run;
        this.segment = segment;
        this.epoch = epoch;
        this.parcel = new Parcel(lane);
    }

    /// Puts in what became of a request; loses it, counted, when too many events wait.
    public void request(RequestTiming event) {
        put++;
        if (!reserved) {
            reserved = courier.reserve();
            if (!reserved) {
                courier.lose(lane);
                return;
            }
        }
        parcel.event(codec.encode(prefix, run, segment, epoch, event));
        if (parcel.full()) {
            flush();
        }
    }

    /// Puts in a tick, behind all that was put in before, and hands everything on. A tick is never lost here.
    public void tick(SegmentTick tick) {
        var body = general.encode(new Timing(run, segment, epoch, tick));
        var value = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, value, prefix.length, body.length);
        parcel.tick(value);
        flush();
    }

    /// Hands on what is there.
    public void flush() {
        if (parcel.size() > 0) {
            courier.hand(parcel, reserved);
            parcel = new Parcel(lane);
            reserved = false;
        }
    }

    /// Returns how many events the broker has acknowledged.
    public long published() {
        return lane.published();
    }

    /// Returns how many events are lost.
    public long lost() {
        return lane.lost();
    }

    /// Whether every event that was put in is acknowledged or lost.
    public boolean settled() {
        return lane.published() + lane.lost() >= put;
    }
}
