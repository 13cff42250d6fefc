package io.ordeal.campaign.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ordeal.aggregator.judge.Counts;
import io.ordeal.campaign.compare.RecordedRun.RecordedRequest;
import io.ordeal.campaign.report.HistogramTag;
import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.Trend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramLogReader;

/// Reads the folder that a run has left behind.
public final class RunFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunFolder() {}

    /// Reads the run in `folder`.
    ///
    /// @throws IOException with what is missing or damaged, and where
    public static RecordedRun read(Path folder) throws IOException {
        var file = folder.resolve("summary.json");
        if (!Files.isRegularFile(file)) {
            throw new IOException(folder + " is not the folder of a run: it has no summary.json");
        }
        try {
            var summary = JSON.readTree(file.toFile());
            return new RecordedRun(
                    text(summary, "run"),
                    text(summary, "campaign"),
                    planHash(folder.resolve("lifecycle.jsonl")),
                    text(summary, "verdict"),
                    Instant.parse(text(summary, "startedAt")),
                    Instant.parse(text(summary, "endedAt")),
                    facts(summary),
                    requests(summary, windows(folder.resolve("histograms.hlog"), judged(summary))),
                    trends(summary));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> facts(JsonNode summary) {
        var facts = new LinkedHashMap<String, String>();
        summary.path("plan")
                .path("facts")
                .forEach(fact ->
                        facts.put(fact.path("what").asText(), fact.path("is").asText()));
        return facts;
    }

    private static List<Trend> trends(JsonNode summary) {
        var trends = new ArrayList<Trend>();
        for (var trend : summary.path("trends")) {
            trends.add(new Trend(
                    trend.path("subject").asText(),
                    trend.path("source").asText(),
                    trend.path("unit").asText(),
                    trend.path("points").asLong(),
                    trend.path("perHour").asDouble(),
                    trend.path("low").asDouble(),
                    trend.path("high").asDouble(),
                    trend.path("level").asDouble(),
                    Direction.valueOf(trend.path("direction").asText("UNCLEAR"))));
        }
        return trends;
    }

    private static Set<String> judged(JsonNode summary) {
        var judged = new HashSet<String>();
        for (var phase : summary.path("phases")) {
            if (phase.path("judged").asBoolean(true)) {
                judged.add(phase.path("phase").asText());
            }
        }
        return judged;
    }

    private static List<RecordedRequest> requests(JsonNode summary, Map<String, List<Counts>> windows) {
        var requests = new ArrayList<RecordedRequest>();
        for (var request : summary.path("requests")) {
            var name = request.path("scenario").asText() + "/"
                    + request.path("request").asText();
            requests.add(new RecordedRequest(
                    name,
                    request.path("count").asLong(),
                    request.path("errors").asLong(),
                    request.path("throughput").asDouble(),
                    windows.getOrDefault(HistogramTag.clean(name), List.of())));
        }
        return requests;
    }

    /// Returns the windows of judged phases by request.
    private static Map<String, List<Counts>> windows(Path file, Set<String> judged) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing; runs are compared by the windows in it");
        }
        var phases = judged.stream().map(HistogramTag::clean).toList();
        var windows = new TreeMap<String, List<Counts>>();
        try (var in = Files.newInputStream(file);
                var reader = new HistogramLogReader(in)) {
            for (var next = reader.nextIntervalHistogram(); next != null; next = reader.nextIntervalHistogram()) {
                var tag = Optional.ofNullable(next.getTag()).orElse("");
                int slash = tag.indexOf('/');
                if (slash > 0 && phases.contains(tag.substring(0, slash)) && next instanceof AbstractHistogram values) {
                    windows.computeIfAbsent(tag.substring(slash + 1), _ -> new ArrayList<>())
                            .add(counts(values));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        return windows;
    }

    private static Counts counts(AbstractHistogram histogram) {
        var counts = new Counts();
        for (var value : histogram.recordedValues()) {
            counts.record(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
        }
        return counts;
    }

    private static Optional<String> planHash(Path lifecycle) throws IOException {
        if (!Files.isRegularFile(lifecycle)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(lifecycle)) {
            var started = lines.filter(line -> line.contains("\"RunStarted\"")).findFirst();
            return started.isEmpty()
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(started.get()).path("planHash").asText())
                            .filter(hash -> !hash.isEmpty());
        }
    }

    private static String text(JsonNode node, String name) throws IOException {
        var value = node.path(name);
        if (!value.isTextual()) {
            throw new IOException("summary.json has no text `" + name + "`; is it Ordeal's?");
        }
        return value.asText();
    }
}
