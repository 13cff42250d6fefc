package io.ordeal.schemas.load;

import java.util.List;

/// Data for users.
///
/// @param fields The names of the variables, column by column.
/// @param rows Row by row: those of this segment, so that no row is taken twice in the whole run; all of them for
/// RANDOM. Row k of segment i of n is row k n + i of the whole.
public record Feeder(String name, FeederOrder order, FeederEnd atEnd, List<String> fields, List<List<String>> rows) {
    public Feeder {
        fields = List.copyOf(fields);
        rows = List.copyOf(rows);
    }
}
