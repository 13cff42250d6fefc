package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.wire.RecordCodec;
import io.ordeal.schemas.wire.Topic;
import java.util.ArrayList;
import java.util.List;

/// The lifecycle events of a run that matter for verdicts, and the facts that follow from them.
final class History extends Part {
    private static final RecordCodec<LifecycleEvent> CODEC = RecordCodec.of(Topic.LIFECYCLE, LifecycleEvent.class);

    private final List<byte[]> events = new ArrayList<>();
    private final Facts facts = new Facts();

    History(String run) {
        super(Keys.of(run, Run.HISTORY));
    }

    Facts facts() {
        return facts;
    }

    void add(LifecycleEvent event) {
        if (!(event.event() instanceof LifecycleEvent.Heartbeat)) { // of those the facts keep what matters
            events.add(CODEC.encode(event));
        }
        facts.accept(event);
    }

    @Override
    public void write(ByteWriter out) {
        out.number(events.size());
        events.forEach(out::bytes);
        facts.watch().write(out);
    }

    void read(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            var bytes = in.bytes();
            events.add(bytes);
            facts.accept(CODEC.decode(bytes, 0, CODEC.schema()));
        }
        facts.watch().read(in);
    }
}
