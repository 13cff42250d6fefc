package io.ordeal.sample.behaviour;

import java.util.Optional;
import java.util.stream.Stream;

/// What a request asks for. Counts, metrics, latency, errors and limits are kept per operation.
///
/// The order is the layout of the counts file: append, never reorder.
public enum Operation {
    HEALTH("health", Kind.HOUSEKEEPING),
    METRICS("metrics", Kind.HOUSEKEEPING),
    ADMIN("admin", Kind.HOUSEKEEPING),
    UNKNOWN("unknown", Kind.READ),
    ITEMS_LIST("items-list", Kind.READ),
    ITEMS_GET("items-get", Kind.READ),
    ORDERS_CREATE("orders-create", Kind.WRITE),
    INFERENCE("inference", Kind.WRITE),
    MEETINGS_CREATE("meetings-create", Kind.WRITE),
    MEETINGS_LIST("meetings-list", Kind.READ),
    MEETINGS_GET("meetings-get", Kind.READ),
    MEETINGS_JOIN("meetings-join", Kind.WRITE),
    MEETINGS_LEAVE("meetings-leave", Kind.WRITE),
    MEETINGS_QUALITY("meetings-network-quality", Kind.WRITE),
    MEETINGS_SOCKET("meetings-socket", Kind.READ),
    QUERY("query", Kind.WRITE),
    DOCUMENTS_UPLOAD("documents-upload", Kind.WRITE),
    DOCUMENTS_GET("documents-get", Kind.READ),
    SEARCH("search", Kind.READ),
    PAYMENTS_CREATE("payments-create", Kind.WRITE),
    PAYMENTS_GET("payments-get", Kind.READ),
    PAYMENTS_REFUND("payments-refund", Kind.WRITE);

    private enum Kind {
        HOUSEKEEPING,
        READ,
        WRITE
    }

    private final String label;
    private final Kind kind;

    Operation(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    /// The name in behaviour documents, counts and metrics.
    public String label() {
        return label;
    }

    /// Whether it serves the people who run the service, so that no limit, latency or error applies to it.
    public boolean isHousekeeping() {
        return kind == Kind.HOUSEKEEPING;
    }

    /// Whether its request has a body to read.
    public boolean hasBody() {
        return kind == Kind.WRITE || this == ADMIN;
    }

    static Optional<Operation> labelled(String label) {
        return Stream.of(values()).filter(it -> it.label.equals(label)).findFirst();
    }
}
