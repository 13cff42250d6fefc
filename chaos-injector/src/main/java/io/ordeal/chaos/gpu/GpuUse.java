package io.ordeal.chaos.gpu;

import io.ordeal.chaos.injection.Shown;
import java.util.List;
import java.util.Optional;

/// How full the memory of a GPU is, in bytes.
record GpuUse(long free, long total) {
    private static final String WORD = "memory";

    long used() {
        return total - free;
    }

    /// Returns it as a helper writes it.
    String line() {
        return WORD + " " + free + " " + total;
    }

    /// Reads [#line]; empty for other text.
    static Optional<GpuUse> read(String line) {
        var words = List.of(line.split(" ", -1));
        return words.size() == 3
                        && words.getFirst().equals(WORD)
                        && words.stream().skip(1).allMatch(word -> word.matches("[0-9]{1,18}"))
                ? Optional.of(new GpuUse(Long.parseLong(words.get(1)), Long.parseLong(words.get(2))))
                : Optional.empty();
    }

    String shown() {
        return Shown.percent((double) used() / total) + " of " + Shown.bytes(total);
    }
}
