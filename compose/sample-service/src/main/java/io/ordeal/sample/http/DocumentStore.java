package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.DocumentLimits;
import io.ordeal.sample.store.DocumentFiles;
import io.ordeal.sample.store.DocumentIndex;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The documents in memory and, where there is a data directory, on the disk; files are written on worker threads.
final class DocumentStore {

    private static final int BOUND = 10_000;

    private final Vertx vertx;
    private final LiveBehaviour behaviour;
    private final Optional<DocumentFiles> files;
    private final DocumentIndex index = new DocumentIndex(BOUND);
    private long lastId;
    private long writingBytes;

    DocumentStore(Vertx vertx, LiveBehaviour behaviour, Optional<DocumentFiles> files) {
        this.vertx = vertx;
        this.behaviour = behaviour;
        this.files = files;
    }

    DocumentIndex index() {
        return index;
    }

    /// Reads what earlier processes wrote; it is searchable at once.
    Future<Void> load() {
        if (files.isEmpty()) {
            return Future.succeededFuture();
        }
        DocumentFiles directory = files.get();
        return vertx.executeBlocking(() -> directory.load(BOUND)).map(found -> {
            found(found);
            return null;
        });
    }

    private void found(List<DocumentFiles.Found> found) {
        for (DocumentFiles.Found document : found) {
            lastId = document.id();
            index.store(lastId, document.title(), document.text(), size(document.text()));
            index.index(lastId);
        }
    }

    /// What became of an upload.
    sealed interface Uploaded {}

    /// It is kept under this id.
    record Kept(long id) implements Uploaded {}

    /// There is no room for it.
    record NoRoom() implements Uploaded {}

    /// It could not be written.
    record Failed(String reason) implements Uploaded {}

    /// Keeps a document, and makes it searchable after the indexing delay.
    Future<Uploaded> upload(String title, String text) {
        DocumentLimits limits = behaviour.now().documents();
        long size = size(text);
        if (index.bytes() + writingBytes + size > limits.capacityBytes()) {
            return Future.succeededFuture(new NoRoom());
        }
        long id = ++lastId;
        if (files.isEmpty()) {
            return Future.succeededFuture(keep(id, title, text, size));
        }
        DocumentFiles directory = files.get();
        writingBytes += size;
        return vertx.executeBlocking(() -> directory.write(id, title, text, limits.minFreeBytes()), false)
                .onComplete(_ -> writingBytes -= size)
                .map(written -> switch (written) {
                    case DocumentFiles.Kept() -> keep(id, title, text, size);
                    case DocumentFiles.NoRoom() -> new NoRoom();
                    case DocumentFiles.Failed(String reason) -> new Failed(reason);
                });
    }

    private Uploaded keep(long id, String title, String text, long size) {
        index.store(id, title, text, size).ifPresent(this::forget);
        long millis = behaviour.now().documents().indexingDelay().toMillis();
        if (millis == 0) {
            index.index(id);
        } else {
            vertx.setTimer(millis, _ -> index.index(id));
        }
        return new Kept(id);
    }

    private void forget(long id) {
        files.ifPresent(directory -> vertx.executeBlocking(
                () -> {
                    directory.remove(id);
                    return id;
                },
                false));
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
