package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The toxics on the HTTP/1.1 requests of one connection: it pairs requests with answers, pipelined ones too, and
/// answers, delays or cuts those that are meant. Where something else is spoken it lets everything pass.
final class HttpFilter {
    private static final Pattern REQUEST = Pattern.compile("[A-Z]{3,16} [^ \\r\\n]+ HTTP/1\\.");
    private static final Pattern LAST =
            Pattern.compile("(?im)^connection:.*\\bclose\\b|^expect:.*100-continue|\\A[^\\r\\n]* HTTP/1\\.0\\r?$");

    private final Lane up;
    private final Lane down;
    private final long number;
    private final boolean probe;
    private final Requests requests;
    private final Answers answers;
    private final ArrayDeque<Exchange> pending = new ArrayDeque<>();
    private List<Toxic> toxics = List.of();
    private long count;
    private boolean inStep;

    /// A request and what is to become of it.
    ///
    /// @param status to answer it with
    /// @param cut after how many bytes of its answer's body the connection ends
    /// @param last whether the connection cannot go on after an answer of ours
    private record Exchange(String method, Optional<Integer> status, Optional<Long> cut, long delay, boolean last) {}

    /// @param probe whether every request is hit, whatever the share
    /// @param fresh whether nothing has passed yet; otherwise it waits until a chunk begins with a request
    HttpFilter(Lane up, Lane down, long number, boolean probe, boolean fresh) {
        this.up = up;
        this.down = down;
        this.number = number;
        this.probe = probe;
        this.inStep = fresh;
        this.requests = new Requests();
        this.answers = new Answers();
    }

    Stage requests() {
        return requests;
    }

    Stage answers() {
        return answers;
    }

    /// Obeys these toxics from the next request on.
    void obey(List<Toxic> next) {
        toxics = next;
    }

    /// Whether it can be taken out: no request is under way.
    boolean idle() {
        return !inStep
                || requests.stream.isOpaque()
                || (pending.isEmpty() && requests.stream.between() && answers.stream.between());
    }

    private Exchange exchange(String method, String head) {
        Optional<Integer> status = Optional.empty();
        Optional<Long> cut = Optional.empty();
        long delay = 0;
        long request = count++;
        for (var toxic : toxics) {
            if (!(toxic.effect() instanceof Effect.OnHttp effect)) {
                continue;
            }
            boolean hit = probe || toxic.hits(number, request, effect.share());
            if (!probe) {
                toxic.tally().request(hit);
            }
            if (hit) {
                switch (effect) {
                    case Effect.HttpStatus(var code, var _) -> status = status.or(() -> Optional.of(code));
                    case Effect.HttpDelay(var nanos, var _) -> delay += Math.max(0, nanos);
                    case Effect.HttpCut(var after, var _) -> cut = cut.or(() -> Optional.of(Math.max(0, after)));
                }
            }
        }
        return new Exchange(method, status, cut, delay, LAST.matcher(head).find());
    }

    /// Answers the requests that are next and that the service has not got.
    private void answerThoseDue() {
        while (!pending.isEmpty() && pending.element().status().isPresent()) {
            var exchange = pending.remove();
            int code = exchange.status().orElseThrow();
            answers.next().take(HttpFault.answer(code, exchange.method(), exchange.last()));
            if (exchange.last()) {
                answers.next().end();
            }
        }
        down.settle();
    }

    /// Leaves the connection alone; where a request was swallowed, nobody would answer it any more.
    private void giveUp() {
        if (pending.stream().anyMatch(exchange -> exchange.status().isPresent())) {
            down.reset();
            return;
        }
        requests.stream.giveUp();
        answers.stream.giveUp();
    }

    /// The direction of the requests.
    private final class Requests extends QueueStage implements HttpStream.Listener {
        private final HttpStream stream = new HttpStream(this);
        private boolean swallowing;

        Requests() {
            super(up);
        }

        @Override
        public void take(ByteBuf bytes) {
            if (!inStep && begins(bytes)) {
                inStep = true;
            }
            if (inStep) {
                stream.feed(bytes);
            } else {
                hold(Optional.of(bytes), 0);
            }
        }

        @Override
        public void end() {
            stream.giveUp();
            super.end();
        }

        @Override
        void release() {
            stream.giveUp();
            super.release();
        }

        @Override
        void discard() {
            stream.discard();
            super.discard();
        }

        @Override
        boolean roomy() {
            return toxics.stream().anyMatch(toxic -> toxic.effect() instanceof Effect.HttpDelay);
        }

        @Override
        public HttpStream.Body head(ByteBuf bytes, String text) {
            var method = text.substring(0, text.indexOf(' '));
            var exchange = exchange(method, text);
            pending.add(exchange);
            swallowing = exchange.status().isPresent();
            if (swallowing) {
                bytes.release();
                answerThoseDue();
            } else {
                hold(Optional.of(bytes), exchange.delay());
            }
            return method.equals("CONNECT") ? HttpStream.Body.OPAQUE : HttpStream.Body.BY_HEAD;
        }

        @Override
        public void body(ByteBuf bytes, int data) {
            if (swallowing) {
                bytes.release();
            } else {
                hold(Optional.of(bytes), 0);
            }
        }

        @Override
        public void done() {
            swallowing = false;
        }

        @Override
        public void opaque(ByteBuf bytes) {
            hold(Optional.of(bytes), 0);
        }

        private static boolean begins(ByteBuf bytes) {
            int length = Math.min(bytes.readableBytes(), 4096);
            return REQUEST.matcher(bytes.toString(bytes.readerIndex(), length, StandardCharsets.ISO_8859_1))
                    .lookingAt();
        }
    }

    /// The direction of the answers.
    private final class Answers extends Stage implements HttpStream.Listener {
        private final HttpStream stream = new HttpStream(this);
        private Optional<Exchange> current = Optional.empty();
        private long passed;

        Answers() {
            super(down);
        }

        @Override
        public void take(ByteBuf bytes) {
            if (inStep && !(pending.isEmpty() && current.isEmpty())) {
                stream.feed(bytes);
            } else {
                next().take(bytes); // nobody has asked: what it may be is not ours to say
            }
        }

        @Override
        public void end() {
            stream.giveUp();
            super.end();
        }

        @Override
        void release() {
            stream.giveUp();
        }

        @Override
        void discard() {
            stream.discard();
        }

        @Override
        public HttpStream.Body head(ByteBuf bytes, String text) {
            int at = text.indexOf(' ');
            int code = at < 0 || text.length() < at + 4 || !text.startsWith("HTTP/") ? 0 : digits(text, at + 1);
            if (pending.isEmpty() || code == 0) {
                next().take(bytes);
                giveUp();
                return HttpStream.Body.OPAQUE;
            }
            next().take(bytes);
            if (code < 200 && code != 101) {
                return HttpStream.Body.NONE; // an interim answer: the real one follows
            }
            var exchange = pending.remove();
            if (code == 101 || (exchange.method().equals("CONNECT") && code < 300)) {
                giveUp();
                return HttpStream.Body.OPAQUE;
            }
            current = Optional.of(exchange);
            passed = 0;
            boolean none = exchange.method().equals("HEAD") || code == 204 || code == 304;
            return none ? HttpStream.Body.NONE : HttpStream.Body.BY_HEAD_OR_END;
        }

        @Override
        public void body(ByteBuf bytes, int data) {
            var cut = current.flatMap(Exchange::cut);
            if (cut.isEmpty() || data == 0 || passed + data <= cut.get()) {
                passed += data;
                next().take(bytes);
                return;
            }
            int rest = (int) (cut.get() - passed);
            if (rest > 0) {
                next().take(bytes.readRetainedSlice(rest));
            }
            bytes.release();
            pending.clear();
            down.close();
        }

        @Override
        public void done() {
            if (current.isPresent()) {
                current = Optional.empty();
                answerThoseDue();
            }
        }

        @Override
        public void opaque(ByteBuf bytes) {
            next().take(bytes);
            if (stream.isOpaque() && !requests.stream.isOpaque()) {
                giveUp();
            }
        }

        private static int digits(String text, int at) {
            var code = text.substring(at, at + 3);
            return code.chars().allMatch(Character::isDigit) ? Integer.parseInt(code) : 0;
        }
    }
}
