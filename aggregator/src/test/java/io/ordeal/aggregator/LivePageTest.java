package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.http.ProbeServer;
import io.ordeal.runtime.process.ReservedPort;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The live page in Chromium, while an aggregator judges a run on a broker. Screenshots lie in `target/live-page`.
class LivePageTest {
    private static final int PARTITIONS = 2;
    private static final Path SHOTS = Path.of("target", "live-page");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WIDE = 1280;
    private static final int NARROW = 400;

    private final List<String> troubles = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    /// A server of queries that can be closed and opened again where it was.
    private record Front(ProbeServer server, Queries queries) implements AutoCloseable {
        static Front open(TestBroker broker, int port) {
            var server = ProbeServer.start("test", "127.0.0.1", port, () -> true, new PrometheusRegistry());
            return new Front(server, Queries.serve(server, broker.settings(), new FixedFrames()));
        }

        @Override
        public void close() {
            queries.close();
            server.close();
        }
    }

    private static Optional<Path> chromium() {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .flatMap(path -> List.of("chromium", "chromium-browser", "google-chrome").stream()
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Rehearsal rehearsal() {
        return new Rehearsal(new Rehearsal.Shape(
                "run",
                11,
                Micros.of(Instant.now().plusSeconds(4)) / 1_000_000 * 1_000_000,
                1_000_000,
                2,
                60,
                30_000_000,
                12_000_000,
                6_000_000,
                -1,
                false,
                List.of("p99 < 100ms", "p95 < 50ms outside faults", "errors < 5%", "recovery < 5s")));
    }

    @Test
    void followsARunFromItsStartToItsVerdict() throws Exception {
        var chromium = chromium();
        assumeThat(chromium).as("Chromium is installed").isPresent();
        try (var broker = TestBroker.start(folder)) {
            broker.createTopics(PARTITIONS);
            var settings =
                    new Settings("test", broker.settings(), "127.0.0.1", 0, folder.resolve("state"), Optional.empty());
            int port;
            try (var reserved = ReservedPort.any()) {
                port = reserved.number();
            }
            try (var _ = AggregatorService.start(
                            settings,
                            ChildAggregator.settings(ChildAggregator.Kind.STATIC),
                            new FixedFrames(),
                            () -> {});
                    var playwright = Playwright.create(
                            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                    var browser = playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(chromium.get())
                                    .setArgs(List.of("--no-sandbox")))) {
                follow(broker, browser, port);
            }
        }
    }

    private void follow(TestBroker broker, Browser browser, int port) throws Exception {
        var front = Front.open(broker, port);
        try (var _ = Playback.start(broker, PARTITIONS, rehearsal());
                var page = watched(browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(WIDE, 800)
                        .setDeviceScaleFactor(1)))) {
            var address = "http://127.0.0.1:" + port + "/runs/run/live";
            await().atMost(PATIENCE).until(() -> answers(address));
            page.navigate(address);
            becomes(page, "#run[data-drawn=true][data-state=running]");
            becomes(page, "#latency[data-dashed='1'][data-shaded='0'][data-limits='2']");
            shoot(page, "begun");

            becomes(page, "#force .force:has-text('FAULT IN FORCE')");
            becomes(page, "#latency[data-dashed='0'][data-shaded='1']");
            becomes(page, "#objectives .state.fail:has-text('out')");
            becomes(page, "#usage figure[data-reading=cpu_cores]");
            everyLook(page, "fault");
            zooms(page);

            front.close();
            becomes(page, "#run.old");
            assertThat(page.textContent("#stale")).contains("no data for").contains("reconnecting");
            shoot(page, "stale");
            long before = last(page);
            front = Front.open(broker, port);
            becomes(page, "#run:not(.old)");
            await().atMost(PATIENCE).until(() -> last(page) > before + 2);

            becomes(page, "#run[data-state=finished]");
            becomes(page, "#verdict .chip.fail");
            assertThat(page.textContent("#objectives"))
                    .contains("met")
                    .contains("breached")
                    .doesNotContain("waiting");
            assertThat(page.title()).contains("FAIL rehearsal");
            gapless(page);
            everyLook(page, "finished");
            assertThat(page.evaluate("() => window.violations")).isEqualTo(List.of());
            assertThat(troubles).isEmpty();

            list(browser, port);
            withoutScript(browser, address);
        } finally {
            front.close();
        }
    }

    private static boolean answers(String address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        }
    }

    /// A page that tells of whatever goes wrong in it. What it says of a server that is gone is as it should be.
    private Page watched(BrowserContext context) {
        context.addInitScript("window.violations = []; addEventListener('securitypolicyviolation',"
                + " e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));");
        var page = context.newPage();
        page.setDefaultTimeout((double) PATIENCE.toMillis());
        page.onConsoleMessage(message -> {
            boolean gone =
                    message.text().contains("net::ERR_") || message.text().contains("status of 503");
            if (message.type().equals("error") && !gone) {
                troubles.add(message.text());
            }
        });
        page.onPageError(troubles::add);
        return page;
    }

    private static void becomes(Page page, String selector) {
        page.waitForSelector(selector, new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
    }

    private static long last(Page page) {
        return Long.parseLong(page.getAttribute("#run", "data-last"));
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static void everyLook(Page page, String name) {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {WIDE, NARROW}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                page.setViewportSize(width, 800);
                becomes(page, "#latency .u-wrap");
                // Nothing lies beyond the right edge, once the charts have been fitted.
                page.waitForFunction("() => document.documentElement.scrollWidth <= " + width);
                shoot(page, name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(WIDE, 800);
    }

    private static void zooms(Page page) {
        var plot = page.locator("#latency .u-over").boundingBox();
        page.mouse().move(plot.x + 20, plot.y + 50);
        page.mouse().down();
        page.mouse().move(plot.x + 200, plot.y + 60);
        page.mouse().up();
        becomes(page, "#run[data-zoomed=true]");
        assertThat(page.isVisible("#follow")).isTrue();
        shoot(page, "zoomed");
        page.click("#follow");
        becomes(page, "#run[data-zoomed=false]");
        assertThat(page.isVisible("#follow")).isFalse();
    }

    /// After the break and the end every window is there, once, as a reload shows it.
    private static void gapless(Page page) {
        var live = page.getAttribute("#latency .plot", "data-points");
        var out = page.getAttribute("#ribbon", "data-out");
        page.reload();
        becomes(page, "#run[data-drawn=true]");
        becomes(page, "#latency[data-shaded='1']");
        assertThat(live).isEqualTo(page.getAttribute("#latency .plot", "data-points"));
        assertThat(Integer.parseInt(live)).isGreaterThanOrEqualTo(30);
        assertThat(out).isEqualTo(page.getAttribute("#ribbon", "data-out"));
        assertThat(Integer.parseInt(out)).isPositive();
    }

    private void list(Browser browser, int port) {
        try (var page = watched(browser.newContext(new Browser.NewContextOptions().setViewportSize(WIDE, 400)))) {
            page.navigate("http://127.0.0.1:" + port + "/");
            shoot(page, "runs");
            page.click("a:has-text('run')");
            becomes(page, "#run[data-drawn=true]");
        }
    }

    private void withoutScript(Browser browser, String address) {
        try (var page = browser.newContext(new Browser.NewContextOptions()
                        .setJavaScriptEnabled(false)
                        .setViewportSize(WIDE, 800))
                .newPage()) {
            page.navigate(address);
            assertThat(page.textContent("#verdict")).contains("FAIL");
            assertThat(page.textContent("#objectives")).contains("breached");
            assertThat(page.textContent("#log")).contains("f1 latency on api in force");
            page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("no-script.png")));
        }
    }
}
