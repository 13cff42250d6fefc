package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class TextSearchTest {
    @Property
    void findsWhatTheWholeBodyContains(
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 5) String text,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 30) String body,
            @ForAll @IntRange(min = 1, max = 7) int piece) {
        var search = new TextSearch(text);

        int state = 0;
        for (int from = 0; from < body.length(); from += piece) {
            var part = body.substring(from, Math.min(body.length(), from + piece));
            state = search.after(state, part.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(search.found(state)).isEqualTo(body.contains(text));
    }
}
