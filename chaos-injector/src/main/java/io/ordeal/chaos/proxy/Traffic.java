package io.ordeal.chaos.proxy;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that a proxy has taken and passed on in one direction.
final class Traffic {
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    void count(long in, long out) {
        received.getAndAdd(in);
        sent.getAndAdd(out);
    }

    long received() {
        return received.get();
    }

    long sent() {
        return sent.get();
    }
}
