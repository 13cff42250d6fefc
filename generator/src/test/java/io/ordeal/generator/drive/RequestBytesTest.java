package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestBytesTest {
    private final TraceParent trace = new TraceParent("run", 0, 1);

    @Test
    void isARequestWithItsTrace() {
        var request = new RequestBytes("GET", "shop:8080", "/items?page=2", Map.of("accept", "*/*"), new byte[0]);
        assertThat(text(request, 7))
                .isEqualTo("GET /items?page=2 HTTP/1.1\r\nhost: shop:8080\r\naccept: */*\r\ntraceparent: " + trace.of(7)
                        + "\r\n\r\n");
    }

    @Test
    void saysHowLongItsBodyIs() {
        var body = "{\"sku\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(text(new RequestBytes("POST", "shop", "/orders", Map.of(), body), 1))
                .contains("\r\ncontent-length: 9\r\n")
                .endsWith("\r\n\r\n{\"sku\":1}");
    }

    @Test
    void saysThatAPostHasNoBody() {
        assertThat(text(new RequestBytes("POST", "shop", "/stop", Map.of(), new byte[0]), 1))
                .contains("\r\ncontent-length: 0\r\n");
    }

    @Test
    void leavesHostAndLengthToWhoeverGivesThem() {
        var headers = Map.of("Host", "other", "Content-Length", "3");
        assertThat(text(new RequestBytes("PUT", "shop", "/", headers, new byte[3]), 1))
                .contains("Host: other", "Content-Length: 3")
                .doesNotContain("host: shop", "content-length: 3");
    }

    private String text(RequestBytes request, long index) {
        var out = Unpooled.buffer();
        request.write(out, trace, index);
        assertThat(out.readableBytes()).isEqualTo(request.size());
        return out.toString(StandardCharsets.UTF_8);
    }
}
