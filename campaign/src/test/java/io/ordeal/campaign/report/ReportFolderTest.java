package io.ordeal.campaign.report;

import static io.ordeal.campaign.read.Documents.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ordeal.campaign.Golden;
import io.ordeal.runtime.http.Html;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportFolderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Everything that could break out of HTML, XML, CSV or a terminal.
    private static final String HOSTILE = "</script><b onmouseover='x'>\\\"&\\u202E=1\\n";

    @TempDir
    Path folder;

    private static String hostile() {
        return SMALL.replace("name: comes back,", "name: \"" + HOSTILE + "\",")
                .replace("target: sample-service", "target: sample-service\ndescription: \"" + HOSTILE + "\"");
    }

    @Test
    void writesEveryFileAndNothingElse() throws IOException {
        new ReportFolder(folder.resolve("out/run")).write(Results.failed(SMALL));

        try (var files = Files.list(folder.resolve("out/run"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "summary.json",
                            "report.html",
                            "junit.xml",
                            "verdicts.jsonl",
                            "lifecycle.jsonl",
                            "histograms.hlog",
                            "ordeal_stats.csv",
                            "ordeal_stats_history.csv",
                            "ordeal_failures.csv",
                            "ordeal_exceptions.csv");
        }
    }

    @Test
    void summarisesForMachines() {
        var result = Results.failed(SMALL);
        Golden.check("summary.json", SummaryJson.text(result));
    }

    @Test
    void summaryHasTheKeysOfTheDesign() throws IOException {
        var result = Results.failed(SMALL);
        var summary = JSON.readTree(SummaryJson.text(result));

        assertThat(names(summary))
                .containsExactly(
                        "run",
                        "campaign",
                        "verdict",
                        "reasons",
                        "startedAt",
                        "endedAt",
                        "ledger",
                        "requests",
                        "objectives",
                        "faults",
                        "phases",
                        "generator",
                        "breakingPoint",
                        "windows",
                        "warnings",
                        "trends",
                        "breakingPoints",
                        "firstBreach",
                        "lateEvents",
                        "refused",
                        "plan");
        assertThat(names(summary.at("/ledger")))
                .containsExactly(
                        "scheduled",
                        "dropped",
                        "sent",
                        "completed",
                        "published",
                        "aggregated",
                        "lost",
                        "duplicates",
                        "closed");
        assertThat(names(summary.at("/requests/0")))
                .containsExactly(
                        "scenario",
                        "request",
                        "count",
                        "errors",
                        "throughput",
                        "responseMicros",
                        "serviceMicros",
                        "tags",
                        "measures");
        assertThat(names(summary.at("/requests/0/responseMicros")))
                .containsExactly("mean", "p50", "p90", "p95", "p99", "p999", "max");
        assertThat(names(summary.at("/objectives/0")))
                .containsExactly(
                        "name",
                        "scope",
                        "expression",
                        "observed",
                        "limit",
                        "verdict",
                        "unit",
                        "low",
                        "high",
                        "samples",
                        "windows",
                        "windowsFailed",
                        "reason",
                        "budget",
                        "worst");
        assertThat(names(summary.at("/faults/0")))
                .containsExactly(
                        "id",
                        "kind",
                        "target",
                        "appliedAt",
                        "revertedAt",
                        "confirmed",
                        "timeToBreach",
                        "timeToRecover",
                        "verdict",
                        "reason",
                        "breached",
                        "bad",
                        "timeToTrip",
                        "queueDrain",
                        "budgets");
        assertThat(summary.at("/faults/0/timeToRecover").asDouble()).isEqualTo(1.2);
        assertThat(summary.at("/faults/1/timeToRecover").isNull()).isTrue();
    }

    @Test
    void summarisesWhatAVerdictRestsOn() {
        Golden.check("summary-rich.json", SummaryJson.text(Results.rich(SMALL)));
        Golden.check("junit-rich.xml", JunitXml.text(Results.rich(SMALL)));
    }

    @Test
    void showsWarningsBudgetsStepsTrendsAndResources() {
        var result = Results.rich(SMALL);
        var page = ReportPage.text(result.beside(new BaselineSection(
                "a-1",
                "WORSE",
                List.of("buy/order p95 is worse"),
                List.of(new BaselineSection.Row(
                        "buy/order", "p95", "11 ms", "14 ms", "+27.3%", "worse", "surely different")))));
        assertThat(page)
                .contains(
                        "! WARN",
                        "490 ms to 520 ms",
                        "Budget: 39.1 % spent, 9 bad of 2,300, 1 % allowed.",
                        "Burned too fast: rate 22.5 over 12 s (limit 14.4), first at 0:31.",
                        "Worst windows: 0:32 710 ms, 0:33 700 ms.",
                        "<code>steady</code> broke at 500/s",
                        "the highest step that held is 400/s; cpu of host a was at 97 %.",
                        "at their limit by then: cpu of host a at 97 % of 90 %.",
                        "rose by 21 MB/h (18 MB/h to 25 MB/h).",
                        "tokens_per_second",
                        "It took 31 % of the budget of",
                        "A circuit breaker was open after 1.5 s. Queues were drained 4 s after its end.",
                        "Beside run a-1",
                        "buy/order p95 is worse",
                        "id=\"resource-cpu\"",
                        "Resource use: heap_after_gc.")
                .contains("0 of 3 objectives held, 1 failed, 1 is inconclusive, 1 warns");
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void reportsToContinuousIntegration() {
        Golden.check("junit.xml", JunitXml.text(Results.failed(SMALL)));
    }

    @Test
    void writesLocustsColumns() {
        var csv = new LocustCsv(Results.failed(SMALL));

        assertThat(csv.stats())
                .startsWith("Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,"
                        + "Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,"
                        + "50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%\r\nGET,/items,2840,40,");
        assertThat(csv.history())
                .startsWith("Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,"
                        + "99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,"
                        + "Total Average Response Time,Total Min Response Time,Total Max Response Time,"
                        + "Total Average Content Size\r\n1794000001,5,,Aggregated,30.000000,0.000000,7,8,");
        assertThat(csv.failures()).isEqualTo("""
            Method,Name,Error,Occurrences,First Seen,Last Seen\r
            GET,/items,connection reset,40,2026-11-06T21:20:30Z,2026-11-06T21:20:32Z\r
            POST,order,connection reset,40,2026-11-06T21:20:30Z,2026-11-06T21:20:32Z\r
            GET,/orders,connection reset,40,2026-11-06T21:20:30Z,2026-11-06T21:20:32Z\r
            """);
        assertThat(csv.exceptions()).isEqualTo("Count,Message,Traceback,Nodes\r\n");
        Golden.check("stats.csv.txt", csv.stats());
        Golden.check("history.csv.txt", csv.history());
        assertThat(csv.stats().lines()).allMatch(line -> line.split(",", -1).length == 22);
        assertThat(csv.history().lines()).allMatch(line -> line.split(",", -1).length == 24);
    }

    @Test
    void takesTheSpreadsheetFormulaOutOfText() {
        var csv = new Csv("A,B");
        csv.row(List.of("=1+1", -5));
        csv.row(List.of("a\"b", "c,d"));

        assertThat(csv).hasToString("A,B\r\n'=1+1,-5\r\n\"a\"\"b\",\"c,d\"\r\n");
    }

    @Test
    void keepsEveryHistogramInTheLog() throws IOException {
        var result = Results.failed(SMALL);
        new ReportFolder(folder).write(result);
        var merged = new Histogram(3);
        int intervals = 0;
        try (var reader =
                new HistogramLogReader(folder.resolve("histograms.hlog").toFile())) {
            for (EncodableHistogram one = reader.nextIntervalHistogram();
                    one != null;
                    one = reader.nextIntervalHistogram()) {
                intervals++;
                if (Objects.equals(one.getTag(), "steady/buy/order")) {
                    merged.add((Histogram) one);
                }
            }
        }

        assertThat(intervals).isEqualTo(160);
        assertThat(merged.getTotalCount()).isEqualTo(2_840);
        assertThat(merged)
                .isEqualTo(Histograms.decoded(result.verdict().requests().get(1).responseHistogram()));
    }

    @Test
    void writesEveryRecordAsALineOfJson() throws IOException {
        var result = Results.failed(SMALL);
        for (var line : JsonLines.verdicts(result.verdicts()).lines().toList()) {
            assertThat(JSON.readTree(line).path("type").asText()).isIn("WindowVerdict", "FaultVerdict", "RunVerdict");
            assertThat(line).doesNotContain("Histogram");
        }
        Golden.check("lifecycle.jsonl", JsonLines.lifecycle(result.events()));
    }

    @Test
    void writesEverythingOfARunThatWasInterrupted() throws IOException {
        new ReportFolder(folder).write(Results.interrupted(SMALL));

        var summary = JSON.readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(summary.at("/reasons/0").asText()).isEqualTo("the run was interrupted at 0:12");
        assertThat(summary.at("/ledger/closed").asBoolean()).isFalse();
        assertThat(summary.at("/requests/0/count").asLong()).isEqualTo(200);
        assertThat(summary.at("/phases/1/count").asLong()).isEqualTo(600);
        assertThat(Files.readString(folder.resolve("report.html"))).contains("INCONCLUSIVE", "interrupted at 0:12");
    }

    @Test
    void writesEverythingOfARunThatNeverBegan() throws IOException {
        var plan = Results.plan(SMALL);
        var verdict = PartialVerdict.of(plan, List.of(), List.of(), Results.START, Results.START, "nothing was sent");
        new ReportFolder(folder)
                .write(new RunResult("r", plan, verdict, List.of(), List.of(), List.of(), SMALL, Map.of()));

        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("INCONCLUSIVE", "Three objectives are inconclusive: nothing was sent.");
        assertThat(Files.readString(folder.resolve("ordeal_stats.csv"))).contains(",Aggregated,0,0,0,");
    }

    @Test
    void keepsHostileNamesInert() throws IOException, ParserConfigurationException, SAXException {
        new ReportFolder(folder).write(Results.failed(hostile()));

        var page = Files.readString(folder.resolve("report.html"));
        assertThat(page).doesNotContain("<b onmouseover").contains("&lt;/script&gt;&lt;b onmouseover=");
        assertThat(page.split("<script", -1)).hasSize(4);
        assertThat(page).doesNotContain("\u202E");
        var xml = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(folder.resolve("junit.xml")))));
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(7);
        assertThat(JSON.readTree(folder.resolve("summary.json").toFile()).path("objectives"))
                .hasSize(3);
    }

    @Test
    void letsOnlyItsOwnScriptsAndStylesRun() {
        var page = ReportPage.text(Results.failed(SMALL));

        assertThat(page).contains("default-src &#39;none&#39;").doesNotContain("unsafe-");
        assertThat(Pattern.compile("\\s(style|on[a-z]+)=\"")
                        .matcher(page.replaceAll("(?s)<script.*?</script>", ""))
                        .find())
                .isFalse();
        assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
    }

    @Test
    void saysTheVerdictBeforeAnythingElse() {
        var page = ReportPage.text(Results.failed(SMALL));

        assertThat(page.indexOf("FAIL")).isLessThan(page.indexOf("Objectives</h2>"));
        assertThat(page)
                .contains("<title>✗ FAIL small</title>")
                .contains("<code>p95 &lt; 500ms outside faults</code> was 500.04 ms, limit 500 ms (outside faults).")
                .contains("1 of 3 objectives held, 1 failed, 1 is inconclusive.");
    }

    @Test
    void carriesUplotAsItWasPublished() throws IOException, NoSuchAlgorithmException {
        var vendor = JSON.readTree(resource("vendor.json"));
        assertThat(vendor.path("version").asText()).isEqualTo("1.6.32");
        for (var file : names(vendor.path("sha256"))) {
            var digest = MessageDigest.getInstance("SHA-256").digest(resource(file));
            assertThat(HexFormat.of().formatHex(digest))
                    .isEqualTo(vendor.path("sha256").path(file).asText());
        }
        assertThat(new String(resource("uPlot.LICENSE"), StandardCharsets.UTF_8))
                .contains("MIT");
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(Assets.SHARED + name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void staysSmallOverTwelveHours() {
        var moment = Moment.of(Results.failed(SMALL).windows()).get(15);
        var hours = new ArrayList<Moment>();
        for (int i = 0; i < 43_200; i++) {
            hours.add(new Moment(
                    Results.START.plusSeconds(i),
                    moment.length(),
                    moment.counts(),
                    300,
                    300,
                    3,
                    0,
                    moment.response(),
                    moment.histogram()));
        }
        var charts = Charts.of(Results.failed(SMALL), hours);
        var html = Html.page();
        SvgChart.draw(html, charts, charts.charts().getFirst());

        assertThat(html.toString().length()).isLessThan(80_000);
        assertThat(ChartData.packed(charts).length()).isLessThan(1_000_000);
    }
}
