package io.ordeal.campaign.report;

import java.util.List;
import java.util.stream.Collectors;

/// A CSV file in the making: RFC 4180, lines end with CR LF. A text that a spreadsheet would take for a formula gets
/// an
/// apostrophe before it.
final class Csv {
    private final StringBuilder text = new StringBuilder();

    Csv(String header) {
        text.append(header).append("\r\n");
    }

    /// Adds a row; numbers are written as they are, the rest as text.
    void row(List<?> cells) {
        text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(Object value) {
        if (value instanceof Number) {
            return value.toString();
        }
        var plain = value.toString();
        var safe = !plain.isEmpty() && "=+-@\t\r".indexOf(plain.charAt(0)) >= 0 ? "'" + plain : plain;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
