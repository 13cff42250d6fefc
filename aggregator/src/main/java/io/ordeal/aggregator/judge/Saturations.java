package io.ordeal.aggregator.judge;

import io.ordeal.schemas.results.Saturation;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/// Which resources were at their limit, each with the first sample in which it was.
///
/// @param first sorted by source and reading
public record Saturations(List<Saturation> first) {
    /// Nothing was.
    public static final Saturations NONE = new Saturations(List.of());

    public Saturations {
        first = List.copyOf(first);
    }

    /// Returns those that were at their limit before `micros`, microseconds since the epoch: the end of a window or
    /// step.
    public List<Saturation> before(long micros) {
        return first.stream()
                .filter(saturation -> Micros.of(saturation.at()) < micros)
                .toList();
    }

    /// Returns them in words, empty where nothing was.
    public String cause(long micros) {
        return before(micros).stream().map(Saturations::words).collect(Collectors.joining("; "));
    }

    private static String words(Saturation each) {
        var at = DateTimeFormatter.ISO_INSTANT.format(each.at().truncatedTo(ChronoUnit.SECONDS));
        return each.reading() + " of " + each.source() + " was " + Words.plain(each.value()) + " of "
                + Words.plain(each.limit()) + " at " + at;
    }
}
