package io.ordeal.generator.drive;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// An HTTP/1.1 request as it goes over the wire, but for its `traceparent`. What it is made of must have been
/// checked: it is written as it stands.
final class RequestBytes {
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] beforeTrace;
    private final byte[] afterTrace;

    /// Makes `outgoing` to the service at `origin` ready.
    static RequestBytes of(Outgoing outgoing, Origin origin) {
        var options = outgoing.options();
        var headers = new LinkedHashMap<String, String>();
        if (options.getHeaders() != null) {
            options.getHeaders().forEach((name, value) -> headers.merge(name, value, (a, b) -> a + ", " + b));
        }
        return new RequestBytes(
                options.getMethod().name(),
                origin.authority(),
                options.getURI(),
                headers,
                outgoing.body().getBytes());
    }

    /// Makes the request of `method` to `uri` on `host` ready.
    RequestBytes(String method, String host, String uri, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder().append(method).append(' ').append(uri).append(" HTTP/1.1\r\n");
        if (lacks(headers, "host")) {
            header(head, "host", host);
        }
        headers.forEach((name, value) -> header(head, name, value));
        if ((body.length > 0 || WITH_BODY.contains(method)) && lacks(headers, "content-length")) {
            header(head, "content-length", String.valueOf(body.length));
        }
        beforeTrace = head.append("traceparent: ").toString().getBytes(StandardCharsets.ISO_8859_1);
        afterTrace = new byte[END_OF_HEAD.length + body.length];
        System.arraycopy(END_OF_HEAD, 0, afterTrace, 0, END_OF_HEAD.length);
        System.arraycopy(body, 0, afterTrace, END_OF_HEAD.length, body.length);
    }

    private static boolean lacks(Map<String, String> headers, String name) {
        return headers.keySet().stream().noneMatch(name::equalsIgnoreCase);
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /// Returns its size.
    int size() {
        return beforeTrace.length + TraceParent.LENGTH + afterTrace.length;
    }

    /// Writes it with the trace of the request with `index` to `out`.
    void write(ByteBuf out, TraceParent trace, long index) {
        out.writeBytes(beforeTrace).writeBytes(trace.bytes(index)).writeBytes(afterTrace);
    }
}
