package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FrameParserTest {
    private final List<String> found = new ArrayList<>();
    private final FrameParser parser = new FrameParser(new FrameParser.Sink() {
        @Override
        public void message(byte[] message) {
            found.add(message.length > 9 ? "message " + message.length : new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void control(int opcode, byte[] payload) {
            found.add("control " + opcode + " " + payload.length);
        }
    });

    /// A frame as servers send it: not masked.
    private static byte[] frame(boolean last, int opcode, int length) {
        var bytes = new ByteArrayOutputStream();
        bytes.write((last ? 0x80 : 0) | opcode);
        if (length < 126) {
            bytes.write(length);
        } else if (length < 65536) {
            bytes.write(126);
            bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
        } else {
            bytes.write(127);
            bytes.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        }
        for (int i = 0; i < length; i++) {
            bytes.write('a');
        }
        return bytes.toByteArray();
    }

    @Test
    void readsMessagesOfEveryLength() {
        for (int length : new int[] {0, 1, 125, 126, 65535, 65536, FrameParser.LONGEST}) {
            parser.read(frame(true, Frame.TEXT, length));
        }

        assertThat(found)
                .containsExactly(
                        "", "a", "message 125", "message 126", "message 65535", "message 65536", "message 1048576");
        assertThat(parser.broken()).isEmpty();
    }

    @Test
    void putsTheFragmentsOfAMessageTogetherWhateverComesBetweenThem() {
        parser.read(frame(false, Frame.TEXT, 2));
        parser.read(frame(true, Frame.PING, 3));
        parser.read(frame(false, Frame.CONTINUATION, 1));
        parser.read(frame(true, Frame.CONTINUATION, 1));

        assertThat(found).containsExactly("control 9 3", "aaaa");
    }

    @Test
    void stopsAtWhatBreaksTheProtocol() {
        parser.read(frame(true, Frame.CONTINUATION, 1));
        parser.read(frame(true, Frame.TEXT, 1));

        assertThat(found).isEmpty();
        assertThat(parser.broken())
                .hasValueSatisfying(reason -> assertThat(reason).contains("without having begun"));
    }

    @Test
    void takesNoMessageThatIsTooLong() {
        parser.read(frame(false, Frame.TEXT, FrameParser.LONGEST));
        parser.read(Arrays.copyOf(frame(true, Frame.CONTINUATION, 1), 2));

        assertThat(parser.broken())
                .hasValueSatisfying(reason -> assertThat(reason).contains("longer than 1048576 bytes"));
    }

    @Property(tries = 200)
    void isTheSameWhereverItIsCut(
            @ForAll @Size(max = 6) List<@IntRange(max = 300) Integer> lengths,
            @ForAll @IntRange(max = 1500) int cut,
            @ForAll @IntRange(max = 1500) int again) {
        var stream = new ByteArrayOutputStream();
        lengths.forEach(length -> stream.writeBytes(frame(true, Frame.TEXT, length)));
        var all = stream.toByteArray();
        int first = Math.min(cut, all.length);
        int second = Math.min(first + again, all.length);

        found.clear();
        parser.read(Arrays.copyOfRange(all, 0, first));
        parser.read(Arrays.copyOfRange(all, first, second));
        parser.read(Arrays.copyOfRange(all, second, all.length));

        assertThat(found).hasSize(lengths.size());
    }

    @Property(tries = 100)
    void whatAClientSendsIsTheMessageUnderItsMask(@ForAll @Size(max = 200) byte[] payload, @ForAll int mask) {
        var frame = ByteBuffer.wrap(Frame.of(Frame.BINARY, payload, mask));
        frame.position(payload.length < 126 ? 2 : 4);
        var key = new byte[4];
        frame.get(key);
        var sent = new byte[frame.remaining()];
        frame.get(sent);
        for (int i = 0; i < sent.length; i++) {
            sent[i] ^= key[i % 4];
        }

        assertThat(sent).isEqualTo(payload);
    }
}
