package io.ordeal.generator.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.ExtractionKind;
import java.util.Optional;
import java.util.function.Function;

/// Takes one value from answers.
record Extractor(String name, boolean readsBody, Function<Answer, Optional<String>> source, Optional<String> fallback) {
    /// @throws IllegalArgumentException when the expression is none
    static Extractor of(Extraction extraction) {
        return new Extractor(
                extraction.name(),
                extraction.kind() != ExtractionKind.HEADER,
                source(extraction),
                extraction.fallback());
    }

    private static Function<Answer, Optional<String>> source(Extraction extraction) {
        return switch (extraction.kind()) {
            case JSON_PATH -> {
                var query = Query.of(extraction.expression());
                yield answer -> answer.json().flatMap(document -> first(query, document));
            }
            case REGEX -> {
                var search = Search.of(extraction.expression());
                yield answer -> search.in(answer.text());
            }
            case HEADER -> answer -> answer.header(extraction.expression());
        };
    }

    private static Optional<String> first(Query query, JsonNode document) {
        return query.in(document).stream()
                .filter(node -> !node.isNull())
                .findFirst()
                .map(Json::text);
    }

    /// Returns the value, or what stands for it; empty when there is neither.
    Optional<String> from(Answer answer) {
        return source.apply(answer).or(() -> fallback);
    }
}
