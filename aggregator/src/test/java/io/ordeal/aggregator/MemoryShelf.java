package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.window.Part;
import io.ordeal.aggregator.window.Shelf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Keeps parts as the store does: written when they are read back, not when they change.
final class MemoryShelf implements Shelf {
    private final TreeMap<String, byte[]> written = new TreeMap<>();
    private final Map<String, Part> changed = new LinkedHashMap<>();

    @Override
    public void changed(Part part) {
        if (part.mark()) {
            changed.put(part.key(), part);
        }
    }

    @Override
    public void dropped(Part part) {
        changed.remove(part.key());
        written.remove(part.key());
    }

    Map<String, byte[]> read() {
        changed.forEach((key, part) -> {
            var out = new ByteWriter();
            part.write(out);
            written.put(key, out.toBytes());
            part.written();
        });
        changed.clear();
        return new TreeMap<>(written);
    }
}
