package io.ordeal.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ordeal.chaos.policy.Moment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MomentWatchTest {
    private static final Pattern BEGINS = Pattern.compile("^import begins$");

    @TempDir
    private Path folder;

    @Test
    void readsTheBodyOfAnAnswerWhateverItsStatus() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var path = exchange.getRequestURI().getPath();
                var body = (path.equals("/busy") ? "active=3" : "active=0").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(path.equals("/busy") ? 503 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            var base = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(answer(base + "/idle").come()).isFalse();
            assertThat(answer(base + "/busy").come()).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void noAnswerIsNoMoment() throws Exception {
        assertThat(answer("http://127.0.0.1:1/").come()).isFalse();
    }

    @Test
    void readsOnlyWhatIsWrittenAfterItHasBegun() throws Exception {
        var file = Files.writeString(folder.resolve("log"), "import begins\n");
        var watch = lines(file);
        assertThat(watch.come()).isFalse();
        append(file, "import beg");
        assertThat(watch.come()).isFalse();
        append(file, "ins\nimport ends\n");
        assertThat(watch.come()).isTrue();
    }

    @Test
    void followsAFileThatIsCutOrReplaced() throws Exception {
        var file = Files.writeString(folder.resolve("log"), "a long line that stands here already\n");
        var watch = lines(file);
        Files.writeString(file, "import begins\n");
        assertThat(watch.come()).as("cut").isTrue();
        var rotated = lines(file);
        Files.move(file, folder.resolve("log.1"));
        assertThat(rotated.come()).isFalse();
        Files.writeString(file, "another file\nimport begins\n");
        assertThat(rotated.come()).as("replaced").isTrue();
    }

    @Test
    void waitsForAFileThatIsNotThereYet() throws Exception {
        var file = folder.resolve("later");
        var watch = lines(file);
        assertThat(watch.come()).isFalse();
        Files.writeString(file, "import begins\n");
        assertThat(watch.come()).isTrue();
    }

    @Test
    void survivesALineWithoutAnEnd() throws Exception {
        var file = Files.writeString(folder.resolve("log"), "");
        var watch = lines(file);
        append(file, "x".repeat(300_000));
        assertThat(watch.come()).isFalse();
        append(file, "\nimport begins\n");
        assertThat(watch.come()).isTrue();
    }

    private static MomentWatch answer(String url) {
        return MomentWatch.of(new Moment.Answer(URI.create(url), Pattern.compile("active=[1-9]")), Path.of("none"));
    }

    private static MomentWatch lines(Path file) {
        var watch = MomentWatch.of(new Moment.Lines(file, BEGINS), Path.of("none"));
        watch.begin();
        return watch;
    }

    private static void append(Path file, String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
