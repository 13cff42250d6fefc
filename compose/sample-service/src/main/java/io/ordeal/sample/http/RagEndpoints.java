package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.counts.ServiceMetrics;
import io.ordeal.sample.store.DocumentIndex;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Retrieval and generation: documents are uploaded and searched, questions are answered by the downstream model, or
/// without it where it fails.
final class RagEndpoints {

    private static final int RESULTS = 10;
    private static final int SOURCES = 3;

    private final DocumentStore documents;
    private final ModelClient model;
    private final ServiceMetrics metrics;

    RagEndpoints(DocumentStore documents, ModelClient model, ServiceMetrics metrics) {
        this.documents = documents;
        this.model = model;
        this.metrics = metrics;
    }

    void addTo(Map<Operation, Endpoint> endpoints) {
        endpoints.put(Operation.QUERY, this::query);
        endpoints.put(Operation.DOCUMENTS_UPLOAD, this::upload);
        endpoints.put(Operation.DOCUMENTS_GET, this::get);
        endpoints.put(Operation.SEARCH, this::search);
    }

    private void query(Exchange exchange) {
        exchange.json().ifPresent(json -> {
            if (json.getValue("question") instanceof String question && !question.isBlank()) {
                long asked = System.nanoTime();
                model.ask(question).onSuccess(answer -> answered(exchange, question, answer, asked));
            } else {
                exchange.error(400, "question: give a text");
            }
        });
    }

    private void answered(Exchange exchange, String question, ModelClient.Answer answer, long asked) {
        JsonArray sources = new JsonArray();
        documents.index().search(question, SOURCES).forEach(it -> sources.add(it.id()));
        switch (answer) {
            case ModelClient.Generated(String text, int tokens) -> {
                metrics.generated(tokens);
                double seconds = Math.max(1e-9, (System.nanoTime() - asked) / 1e9);
                exchange.answer(
                        200,
                        new JsonObject()
                                .put("answer", text)
                                .put("fallback", false)
                                .put("sources", sources)
                                .put("tokens", tokens)
                                .put("tokensPerSecond", tokens / seconds));
            }
            case ModelClient.Fallback(String reason) -> {
                exchange.header("X-Fallback", reason);
                exchange.answer(
                        200,
                        new JsonObject()
                                .put("answer", "the model is not available; these documents may help")
                                .put("fallback", true)
                                .put("reason", reason)
                                .put("sources", sources));
            }
        }
    }

    private void upload(Exchange exchange) {
        String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            String named = exchange.parameter("title");
            upload(
                    exchange,
                    named.isEmpty() ? "untitled" : named,
                    exchange.body().toString(StandardCharsets.UTF_8));
            return;
        }
        exchange.json().ifPresent(json -> {
            if (json.getValue("text") instanceof String text) {
                upload(exchange, json.getValue("title") instanceof String title ? title : "untitled", text);
            } else {
                exchange.error(400, "text: give the document's text");
            }
        });
    }

    private void upload(Exchange exchange, String title, String text) {
        if (text.isBlank()) {
            exchange.error(400, "the document is empty");
            return;
        }
        documents.upload(title, text).onComplete(uploaded -> {
            if (uploaded.failed()) {
                exchange.error(500, "the document could not be kept");
                return;
            }
            switch (uploaded.result()) {
                case DocumentStore.Kept(long id) ->
                    exchange.answer(
                            201,
                            new JsonObject().put("id", id).put("title", title).put("indexed", false));
                case DocumentStore.NoRoom() -> exchange.error(507, "there is no room for this document");
                case DocumentStore.Failed(String reason) -> exchange.error(500, "not written: " + reason);
            }
        });
    }

    private void get(Exchange exchange) {
        Optional<DocumentIndex.Document> found = documents.index().find(ShopEndpoints.number(exchange.id()));
        found.ifPresentOrElse(
                document -> exchange.answer(200, view(document)),
                () -> exchange.error(404, "no document " + exchange.id()));
    }

    private void search(Exchange exchange) {
        String query = exchange.parameter("q");
        if (query.isBlank()) {
            exchange.error(400, "q: give the words to search for");
            return;
        }
        JsonArray results = new JsonArray();
        documents.index().search(query, RESULTS).forEach(it -> results.add(view(it)));
        exchange.answer(200, new JsonObject().put("results", results));
    }

    private static JsonObject view(DocumentIndex.Document document) {
        return new JsonObject()
                .put("id", document.id())
                .put("title", document.title())
                .put("excerpt", document.excerpt())
                .put("indexed", document.indexed());
    }
}
