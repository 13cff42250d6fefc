package io.ordeal.aggregator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.ordeal.runtime.json.RecordJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// A whole answer: with the headers that keep a page from loading anything from elsewhere, compressed where that is
/// accepted and pays, and not sent again to whoever has it.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, String type, byte[] body) {
    static final String JSON = "application/json";
    static final String HTML = "text/html; charset=utf-8";

    private static final String PROBLEM = "application/problem+json";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final int WORTH_COMPRESSING = 1_000;

    static Answer json(JsonNode body) {
        return new Answer(200, JSON, bytes(body));
    }

    static Answer page(String html) {
        return new Answer(200, HTML, html.getBytes(StandardCharsets.UTF_8));
    }

    static Answer problem(Problem problem) {
        return new Answer(problem.status(), PROBLEM, bytes(problem.body()));
    }

    /// Sends it and ends the exchange.
    void send(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            secure(exchange);
            headers.set("Content-Type", type);
            headers.set("Cache-Control", "no-cache");
            headers.set("Vary", "Accept, Accept-Encoding");
            var tag = "W/\"" + digest() + "\"";
            if (status == 200) {
                headers.set("ETag", tag);
                if (named(exchange, "If-None-Match").contains(tag)) {
                    exchange.sendResponseHeaders(304, -1);
                    return;
                }
            }
            var sent = body;
            if (body.length >= WORTH_COMPRESSING && accepts(exchange, "gzip")) {
                headers.set("Content-Encoding", "gzip");
                sent = gzip();
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", String.valueOf(sent.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, sent.length == 0 ? -1 : sent.length);
                exchange.getResponseBody().write(sent);
            }
        }
    }

    /// Sets the headers that every answer has.
    static void secure(HttpExchange exchange) {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
    }

    /// Whether the browser, or whoever asks, would rather read a page than data.
    static boolean wantsPage(HttpExchange exchange) {
        var accepted = named(exchange, "Accept");
        int html = first(accepted, "text/html");
        int json = first(accepted, JSON);
        return html >= 0 && (json < 0 || html < json);
    }

    private static int first(List<String> accepted, String type) {
        for (int i = 0; i < accepted.size(); i++) {
            if (accepted.get(i).startsWith(type)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean accepts(HttpExchange exchange, String encoding) {
        return named(exchange, "Accept-Encoding").stream()
                .anyMatch(
                        one -> one.startsWith(encoding) && !one.replace(" ", "").endsWith(";q=0"));
    }

    private static List<String> named(HttpExchange exchange, String header) {
        return Optional.ofNullable(exchange.getRequestHeaders().get(header)).orElse(List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    static byte[] bytes(JsonNode node) {
        try {
            return RecordJson.mapper().writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] gzip() throws IOException {
        var out = new ByteArrayOutputStream(body.length / 4);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    private String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
