package io.ordeal.campaign.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the dashboards of `compose/` ask.
final class Dashboards {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), \\w+\\)");

    private Dashboards() {}

    /// One query of a dashboard, as it stands there.
    ///
    /// @param place which panel, annotation or variable
    record Query(String dashboard, String place, String expression) {
        /// Returns it as Grafana sends it for one run.
        ///
        /// @param range what the dashboard shows, seconds
        String filledIn(String run, long range) {
            var filled = expression
                    .replace("$__rate_interval", "5s")
                    .replace("$__range", range + "s")
                    .replace("$job", ".+")
                    .replace("$run", run);
            if (filled.contains("$")) {
                throw new AssertionError(this + " has a variable that is not known here");
            }
            return filled;
        }
    }

    /// Returns every query of every dashboard: of panels, annotations and variables.
    static List<Query> queries() throws IOException {
        var queries = new ArrayList<Query>();
        for (var board : boards()) {
            var uid = board.path("uid").asText();
            panels(board, uid, queries);
            for (var annotation : board.path("annotations").path("list")) {
                var place = "annotation " + annotation.path("name").asText();
                queries.add(new Query(
                        uid, place, annotation.path("target").path("expr").asText()));
            }
            for (var variable : board.path("templating").path("list")) {
                if (variable.path("type").asText().equals("query")) {
                    var text = variable.path("query").asText();
                    var matcher = LABEL_VALUES.matcher(text);
                    var place = "variable " + variable.path("name").asText();
                    queries.add(new Query(uid, place, matcher.matches() ? matcher.group(1) : text));
                }
            }
        }
        return queries;
    }

    private static void panels(JsonNode holder, String uid, List<Query> queries) {
        for (var panel : holder.path("panels")) {
            for (var target : panel.path("targets")) {
                var place = panel.path("title").asText() + " "
                        + target.path("refId").asText();
                queries.add(new Query(uid, place, target.path("expr").asText()));
            }
            panels(panel, uid, queries);
        }
    }

    /// Whether nothing need come of it in a run in which all goes well.
    static boolean mayBeEmpty(Query query) throws IOException {
        var file = Prometheus.compose().resolve("check").resolve("exceptions.json");
        for (var exception : JSON.readTree(file.toFile()).path("mayBeEmpty")) {
            if (exception.path("dashboard").asText().equals(query.dashboard)
                    && query.place.startsWith(exception.path("place").asText())) {
                return true;
            }
        }
        return false;
    }

    /// Returns every uid that a dashboard names as its data source, other than by a variable.
    static List<String> sources() throws IOException {
        var found = new ArrayList<String>();
        for (var board : boards()) {
            for (var source : board.findValues("datasource")) {
                var uid = source.path("uid").asText();
                if (!uid.equals("${datasource}")) {
                    found.add(uid);
                }
            }
        }
        return found;
    }

    private static List<JsonNode> boards() throws IOException {
        var boards = new ArrayList<JsonNode>();
        try (var files = Files.list(Prometheus.compose().resolve("grafana").resolve("dashboards"))) {
            for (var file : files.sorted().toList()) {
                boards.add(read(file));
            }
        }
        return boards;
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
