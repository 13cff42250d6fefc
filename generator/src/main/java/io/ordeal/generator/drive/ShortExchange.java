package io.ordeal.generator.drive;

import io.netty.buffer.ByteBuf;
import io.ordeal.schemas.load.Outcome;
import java.util.List;

/// A request that is the same each time, and its answer, of which no more is looked at than status and text: both take
/// the [short way][Shortcut]. Belongs to one event loop.
final class ShortExchange extends Exchange implements Shortcut.Answers {
    private final Direct direct;
    private int searchState;

    ShortExchange(Stage stage, User user, PreparedStep step, Direct direct, long due, long now) {
        super(stage, user, step, due, now);
        this.direct = direct;
    }

    @Override
    void send(Connection used, long index) {
        var way = used.shortcut();
        var request = way.buffer(direct.bytes().size());
        direct.bytes().write(request, stage().trace(), index);
        wrote(direct.outgoing().body().length());
        way.send(request, this);
    }

    @Override
    void cancel() {
        // nobody else uses its connection
    }

    @Override
    public void answered(int answeredStatus) {
        answered(answeredStatus, stage().clock().nanos());
    }

    @Override
    public void cookies(List<String> values) {
        if (!ended() && user().keepsCookies()) {
            var uri = direct.outgoing().options().getURI();
            user().cookies().take(values, uri, stage().clock().nanos());
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        read(bytes.readableBytes());
        if (!step().search().trivial()) {
            var piece = new byte[bytes.readableBytes()];
            bytes.getBytes(bytes.readerIndex(), piece);
            searchState = step().search().after(searchState, piece);
        }
    }

    @Override
    public void complete(boolean closing) {
        end(step().judge(status(), searchState), closing, stage().clock().nanos());
    }

    @Override
    public void broken() {
        end(Outcome.RESET, true, stage().clock().nanos());
    }

    /// A request that may take the short way.
    ///
    /// @param bytes what is sent
    record Direct(Outgoing outgoing, RequestBytes bytes) {}
}
