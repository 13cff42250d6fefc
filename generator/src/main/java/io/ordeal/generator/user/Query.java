package io.ordeal.generator.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;

/// A JSONPath made ready.
final class Query {
    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(Json.MAPPER))
            .mappingProvider(new JacksonMappingProvider(Json.MAPPER))
            .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
            .build();

    private final JsonPath path;

    private Query(JsonPath path) {
        this.path = path;
    }

    /// @throws IllegalArgumentException when it is no JSONPath
    static Query of(String text) {
        if (!text.startsWith("$") || text.contains("=~")) {
            throw new IllegalArgumentException("`" + text + "` is no JSONPath"
                    + (text.startsWith("$") ? " without regular expressions" : ", which begins with `$`"));
        }
        try {
            return new Query(JsonPath.compile(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("`" + text + "` is no JSONPath: " + e.getMessage(), e);
        }
    }

    /// Returns everything that stands there, in the order of the document.
    List<JsonNode> in(JsonNode document) {
        try {
            var found = new ArrayList<JsonNode>();
            path.<JsonNode>read(document, CONFIGURATION).forEach(found::add);
            return found;
        } catch (JsonPathException | StackOverflowError _) {
            return List.of();
        }
    }
}
