package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;

/// Where bytes go: a stage, or the sink behind the last one.
interface Outlet {
    /// Takes `bytes` and the duty to release them.
    void take(ByteBuf bytes);

    /// Takes the end of the stream.
    void end();
}
