package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.window.Part;
import io.ordeal.aggregator.window.Shelf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/// A store of live objects: its owner changes them in place and reports which, and what has changed is written to the
/// changelog once per commit, before the offsets are.
///
/// Kafka Streams has no public hook at that point; `flushCache` of the internal [CachedStateStore] is the one place
/// that it calls (docs/adr/0010). A test holds on to that.
final class LiveStore implements StateStore, CachedStateStore<Object, Object>, Shelf {
    private final KeyValueStore<Bytes, byte[]> inner;
    private final Map<String, Part> changed = new LinkedHashMap<>();
    private final Map<String, Part> dropped = new LinkedHashMap<>();

    private LiveStore(KeyValueStore<Bytes, byte[]> inner) {
        this.inner = inner;
    }

    /// Returns the builder of a store in memory with a compacted changelog.
    static StoreBuilder<LiveStore> builder(String name, Map<String, String> changelog) {
        var inner = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(changelog)
                .withCachingDisabled();
        return new StoreBuilder<>() {
            @Override
            public StoreBuilder<LiveStore> withCachingEnabled() {
                return this;
            }

            @Override
            public StoreBuilder<LiveStore> withCachingDisabled() {
                return this;
            }

            @Override
            public StoreBuilder<LiveStore> withLoggingEnabled(Map<String, String> config) {
                var _ = inner.withLoggingEnabled(config);
                return this;
            }

            @Override
            public StoreBuilder<LiveStore> withLoggingDisabled() {
                var _ = inner.withLoggingDisabled();
                return this;
            }

            @Override
            public LiveStore build() {
                return new LiveStore(inner.build());
            }

            @Override
            public Map<String, String> logConfig() {
                return inner.logConfig();
            }

            @Override
            public boolean loggingEnabled() {
                return inner.loggingEnabled();
            }

            @Override
            public String name() {
                return name;
            }
        };
    }

    /// Gives every part that was written down, in order of its key.
    void load(BiConsumer<String, ByteReader> reader) {
        try (var all = inner.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                reader.accept(new String(entry.key.get(), StandardCharsets.UTF_8), new ByteReader(entry.value));
            }
        }
    }

    @Override
    public void changed(Part part) {
        if (part.mark()) {
            changed.put(part.key(), part);
        }
    }

    @Override
    public void dropped(Part part) {
        changed.remove(part.key());
        dropped.put(part.key(), part);
    }

    /// Drops what was read but belongs to nothing.
    void drop(String key) {
        inner.put(bytes(key), null);
    }

    /// Deletions first: a part that came anew under the key of a dropped one is then written after it.
    @Override
    public void flushCache() {
        dropped.keySet().forEach(this::drop);
        dropped.clear();
        changed.forEach((key, part) -> {
            var out = new ByteWriter();
            part.write(out);
            inner.put(bytes(key), out.toBytes());
            part.written();
        });
        changed.clear();
    }

    /// A standby becomes active: the objects belong to the past, and are read anew.
    @Override
    public void clearCache() {
        changed.clear();
        dropped.clear();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        inner.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        inner.commit(offsets);
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    private static Bytes bytes(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }
}
