package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// What a request gets from a fault in the service's place.
final class HttpFault {
    private static final String BODY = "fault\n";

    private HttpFault() {}

    /// Returns an answer to a request.
    ///
    /// @param last whether the connection ends behind it
    static ByteBuf answer(int code, String method, boolean last) {
        var head = "HTTP/1.1 " + code + " " + phrase(code) + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + BODY.length() + "\r\nX-Ordeal-Fault: http-status\r\n" + (last ? "Connection: close\r\n" : "")
                + "\r\n";
        return Unpooled.copiedBuffer(head + (method.equals("HEAD") ? "" : BODY), StandardCharsets.ISO_8859_1);
    }

    private static String phrase(int code) {
        return switch (code) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 507 -> "Insufficient Storage";
            default -> "Fault";
        };
    }
}
