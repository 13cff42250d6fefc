package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventParserTest {
    private static List<String> events(byte[]... pieces) {
        var found = new ArrayList<String>();
        var parser = new EventParser((type, data) -> found.add(type + "=" + data));
        Arrays.stream(pieces).forEach(parser::read);
        return found;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void joinsTheLinesOfAnEvent() {
        assertThat(events(bytes("event: add\ndata: 73857293\n\ndata: one\ndata: two\n\n")))
                .containsExactly("add=73857293", "message=one\ntwo");
    }

    @Test
    void leavesOutCommentsAndFieldsThatItDoesNotKnow() {
        assertThat(events(bytes(": keep alive\n\nid: 7\nretry: 10\ndata: x\nother: y\n\nevent: nothing\n\n")))
                .containsExactly("message=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void endsLinesInThreeWays(String end) {
        assertThat(events(bytes("data: a" + end + "data: b" + end + end + "data: c" + end + end)))
                .containsExactly("message=a\nb", "message=c");
    }

    @Test
    void takesOneBlankAfterTheColonAway() {
        assertThat(events(bytes("data:a\n\ndata: a\n\ndata:  a\n\ndata\n\ndata:\ndata:\n\n")))
                .containsExactly("message=a", "message=a", "message= a", "message=", "message=\n");
    }

    @Test
    void leavesOutWhatTheStreamDidNotEnd() {
        assertThat(events(bytes("data: whole\n\ndata: half\n"))).containsExactly("message=whole");
    }

    @Test
    void leavesTheByteOrderMarkOut() {
        assertThat(events(bytes("\uFEFFdata: a\n\n"))).containsExactly("message=a");
    }

    @Property(tries = 300)
    void isTheSameWhereverItIsCut(
            @ForAll @Size(max = 60) List<@CharRange(from = '\n', to = '\r') Character> ends,
            @ForAll @IntRange(max = 200) int cut,
            @ForAll @IntRange(max = 200) int again) {
        var text = new StringBuilder();
        var fields = List.of("data: ä", "data:b", ": no", "event: token", "id: 1", "", "", "data");
        for (int i = 0; i < ends.size(); i++) {
            text.append(fields.get((i * 5 + cut) % fields.size()))
                    .append(ends.get(i) == '\n' ? "\n" : ends.get(i) == '\r' ? "\r" : "\r\n");
        }
        var all = bytes(text + "\n\n");
        int first = Math.min(cut, all.length);
        int second = Math.min(first + again, all.length);

        assertThat(events(
                        Arrays.copyOfRange(all, 0, first),
                        Arrays.copyOfRange(all, first, second),
                        Arrays.copyOfRange(all, second, all.length)))
                .isEqualTo(events(all));
    }
}
