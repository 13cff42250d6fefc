package io.ordeal.sample.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class MergePatchTest {

    @Test
    void laysMembersOverMembersAndRemovesWhatIsNull() {
        Map<String, Object> patch = new HashMap<>();
        patch.put("a", Map.of("y", 3));
        patch.put("b", null);
        assertThat(MergePatch.merge(Map.of("a", Map.of("x", 1, "y", 2), "b", 4), patch))
                .isEqualTo(Map.of("a", Map.of("x", 1, "y", 3)));
    }

    @Test
    void replacesALatencyAsAWhole() {
        Map<String, Object> uniform = Map.of("distribution", "uniform", "minMs", 1, "maxMs", 2);
        assertThat(MergePatch.merge(
                        Map.of("latency", Map.of("distribution", "constant", "ms", 5)), Map.of("latency", uniform)))
                .isEqualTo(Map.of("latency", uniform));
    }

    @Property
    void anEmptyPatchChangesNothingAndTheSamePatchTwiceIsOnce(
            @ForAll Map<String, Integer> base, @ForAll Map<String, Integer> patch) {
        Map<String, Object> once = MergePatch.merge(base, patch);
        assertThat(MergePatch.merge(base, Map.of())).isEqualTo(base);
        assertThat(MergePatch.merge(once, patch)).isEqualTo(once);
        assertThat(once).containsAllEntriesOf(patch);
    }

    @Test
    void aPathBecomesNestedObjects() {
        assertThat(MergePatch.of("model.latency.ms", 3)).isEqualTo(Map.of("model", Map.of("latency", Map.of("ms", 3))));
    }
}
