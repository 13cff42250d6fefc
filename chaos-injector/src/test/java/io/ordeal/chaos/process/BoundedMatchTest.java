package io.ordeal.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.injection.InjectionFailed;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundedMatchTest {
    @Test
    void findsWhatIsThere() throws InjectionFailed {
        assertThat(BoundedMatch.found(Pattern.compile("active=[1-9]"), "up active=3"))
                .isTrue();
        assertThat(BoundedMatch.found(Pattern.compile("active=[1-9]"), "up active=0"))
                .isFalse();
    }

    @Test
    void givesUpAnExpressionThatTakesTooLong() {
        assertThatThrownBy(() -> BoundedMatch.found(Pattern.compile(".*.*.*.*.*.*.*z"), "a".repeat(4000)))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("make it simpler");
    }
}
