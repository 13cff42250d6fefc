package io.ordeal.campaign.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Rows of data with the names of their columns.
///
/// @param problems as `line: what is wrong`; where there are any, the rows are not whole
record Table(List<String> fields, List<List<String>> rows, List<String> problems) {
    private static final int MOST_PROBLEMS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    Table {
        fields = List.copyOf(fields);
        rows = List.copyOf(rows);
        problems = problems.size() > MOST_PROBLEMS ? cut(problems) : List.copyOf(problems);
    }

    private static List<String> cut(List<String> problems) {
        var first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
        first.add("... " + (problems.size() - MOST_PROBLEMS) + " more problems like these");
        return List.copyOf(first);
    }

    /// Reads comma-separated values as in RFC 4180; the first record has the names.
    static Table ofCsv(String text) throws IOException {
        var records = new ArrayList<List<String>>();
        var problems = new ArrayList<String>();
        var factory =
                CsvFactory.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();
        try (var parser = factory.createParser(withoutMark(text))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_ARRAY) {
                    var values = values(parser);
                    int line = parser.currentTokenLocation().getLineNr();
                    if (!records.isEmpty()
                            && values.size() != records.getFirst().size()) {
                        problems.add(line + ": has " + values.size() + " values, and the first line names "
                                + records.getFirst().size());
                    }
                    records.add(values);
                }
            }
        } catch (JsonProcessingException e) {
            problems.add(e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        }
        return table(records, problems);
    }

    private static List<String> values(CsvParser parser) throws IOException {
        var values = new ArrayList<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(parser.getText());
        }
        return values;
    }

    private static Table table(List<List<String>> records, List<String> problems) {
        if (records.isEmpty()) {
            return new Table(List.of(), List.of(), problems.isEmpty() ? List.of("1: is empty") : problems);
        }
        var fields = records.getFirst();
        if (new HashSet<>(fields).size() < fields.size()) {
            problems.add("1: names a column twice");
        }
        if (records.size() == 1 && problems.isEmpty()) {
            problems.add("1: names columns, but no rows follow");
        }
        return new Table(fields, records.subList(1, records.size()), problems);
    }

    /// Reads one JSON object from each line; values that are no scalars become JSON text.
    static Table ofJsonLines(String text) {
        var problems = new ArrayList<String>();
        var fields = new ArrayList<String>();
        var rows = new ArrayList<List<String>>();
        int line = 0;
        for (var record : withoutMark(text).lines().toList()) {
            line++;
            if (!record.isBlank()) {
                object(record, line, fields, rows, problems);
            }
        }
        if (rows.isEmpty() && problems.isEmpty()) {
            problems.add("1: is empty");
        }
        return new Table(fields, rows, problems);
    }

    private static void object(
            String record, int line, List<String> fields, List<List<String>> rows, List<String> problems) {
        try {
            var node = JSON.readTree(record);
            if (!node.isObject()) {
                problems.add(line + ": is no JSON object");
                return;
            }
            if (fields.isEmpty()) {
                node.fieldNames().forEachRemaining(fields::add);
            }
            var missing = fields.stream().filter(field -> !node.has(field)).toList();
            if (missing.isEmpty() && node.size() == fields.size()) {
                rows.add(fields.stream().map(field -> text(node.get(field))).toList());
            } else {
                problems.add(line + ": has not the same names as the first line"
                        + (missing.isEmpty() ? "" : "; missing: " + Words.list(missing)));
            }
        } catch (JsonProcessingException e) {
            problems.add(line + ": is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
