package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Answers in every shape, whole and in pieces.
final class ShortcutTest {
    private static final String PLAIN = "HTTP/1.1 200 OK\r\nserver: x\r\nContent-Length:  5 \r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    private static final String UNTIL_CLOSED = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello";
    private static final String INFORMED = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" + PLAIN;
    private static final String OLD = "HTTP/1.0 404 Not Found\r\nContent-Length: 5\r\n\r\nhello";
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";

    private final Shortcut shortcut = new Shortcut();
    private final EmbeddedChannel channel = new EmbeddedChannel(shortcut);
    private final Notes notes = new Notes();

    @Example
    void readsAnAnswerThatCameWhole() {
        assertThat(answer(PLAIN)).containsExactly("200", "hello", "complete");
        assertThat(answer(PLAIN)).containsExactly("200", "hello", "complete");
    }

    @Example
    void knowsWhenTheServiceClosesTheConnection() {
        var closing = PLAIN.replace("server: x", "Connection: Close");
        assertThat(answer(closing)).containsExactly("200", "hello", "complete, closing");
        assertThat(answer(OLD)).containsExactly("404", "hello", "complete, closing");
    }

    @Example
    void leavesOddAnswersToTheDecoder() {
        assertThat(answer(CHUNKED)).containsExactly("201", "hel", "lo", "complete");
        assertThat(answer(INFORMED)).containsExactly("200", "hello", "complete");
        assertThat(answer(EMPTY)).containsExactly("204", "complete");
        assertThat(answer(PLAIN)).containsExactly("200", "hello", "complete");
    }

    @Example
    void handsCookiesOver() {
        assertThat(answer(PLAIN.replace("server: x", "Set-Cookie: a=b\r\nset-cookie: c=d")))
                .containsExactly("200", "cookies [a=b, c=d]", "hello", "complete");
    }

    @Example
    void readsABodyThatEndsWithTheConnection() {
        send();
        receive(UNTIL_CLOSED);
        channel.close().syncUninterruptibly();
        assertThat(notes.taken).containsExactly("200", "hello", "complete, closing");
    }

    @Example
    void tellsOfAConnectionThatEndsTooEarly() {
        send();
        receive(PLAIN.substring(0, PLAIN.length() - 1));
        channel.close().syncUninterruptibly();
        assertThat(notes.taken).containsExactly("200", "hell", "broken");
    }

    @Example
    void tellsOfWhatIsNoAnswer() {
        assertThat(answer("SSH-2.0-OpenSSH_9.2\r\n")).containsExactly("broken");
        assertThat(answer(PLAIN.replace("5 ", "5x"))).containsExactly("broken");
        assertThat(answer(PLAIN.replace("server: x", "content-length: 6")))
                .as("two lengths")
                .containsExactly("broken");
    }

    @Example
    void passesOnWhatItHasNotAskedFor() {
        receive(PLAIN);
        ByteBuf passed = channel.readInbound();
        assertThat(passed.toString(StandardCharsets.US_ASCII)).isEqualTo(PLAIN);
        passed.release();
    }

    @Property(tries = 300)
    void readsTheSameHoweverItComes(
            @ForAll @IntRange(max = 4) int which, @ForAll @IntRange(min = 1, max = 80) int piece) {
        var text = List.of(PLAIN, CHUNKED, INFORMED, EMPTY, OLD).get(which);
        var whole = joined(answer(text));
        send();
        for (int at = 0; at < text.length(); at += piece) {
            receive(text.substring(at, Math.min(text.length(), at + piece)));
        }
        assertThat(joined(notes.taken)).isEqualTo(whole);
    }

    private List<String> answer(String text) {
        send();
        receive(text);
        return List.copyOf(notes.taken);
    }

    private void send() {
        notes.taken.clear();
        shortcut.send(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", StandardCharsets.US_ASCII), notes);
        ByteBuf sent = channel.readOutbound();
        sent.release();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private static String joined(List<String> notes) {
        return String.join("", notes);
    }

    /// What it is told, in order.
    private static final class Notes implements Shortcut.Answers {
        private final List<String> taken = new ArrayList<>();

        @Override
        public void answered(int status) {
            taken.add(String.valueOf(status));
        }

        @Override
        public void cookies(List<String> values) {
            taken.add("cookies " + values);
        }

        @Override
        public void received(ByteBuf bytes) {
            taken.add(bytes.toString(StandardCharsets.US_ASCII));
        }

        @Override
        public void complete(boolean closing) {
            taken.add(closing ? "complete, closing" : "complete");
        }

        @Override
        public void broken() {
            taken.add("broken");
        }
    }
}
