package io.ordeal.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class OpenFilesTest {
    @Property
    void leavesSoManyNumbersFreeWhateverIsOpen(
            @ForAll Set<@LongRange(min = 0, max = 60) Long> numbers, @ForAll @IntRange(min = 0, max = 50) int left) {
        var open = new OpenFiles(numbers);
        assertThat(open.leftBelow(open.limitLeaving(left))).isEqualTo(left);
    }

    @Property(tries = 10)
    void takesNoTimeForAnyNumber(@ForAll @IntRange(min = 0) int left) {
        assertThat(new OpenFiles(Set.of(0L, 1L, 2L)).limitLeaving(left)).isEqualTo(left + 3L);
    }
}
