package io.ordeal.schemas.load;

/// REQUEST: an HTTP request and its answer. EVENTS: a request that is answered by server-sent events. CONNECT opens the
/// user's WebSocket at `path`, SEND sends `body` over it, EXPECT waits for a message that passes `check`, CLOSE closes
/// it in order, and DROP breaks the connection off.
public enum StepKind {
    REQUEST,
    EVENTS,
    CONNECT,
    SEND,
    EXPECT,
    CLOSE,
    DROP
}
