package io.ordeal.schemas.load;

import java.time.Instant;

/// What fell into one window: scheduled and dropped by their scheduled instant, sent by sending, completed by ending.
public record WindowLedger(Instant start, int scheduled, int dropped, int sent, int completed) {}
