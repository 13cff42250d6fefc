package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// JSON as Go reads it, which is what Toxiproxy's clients rely on: keys in any case, the last one of several wins,
/// `null`
/// is as if absent, unknown fields and what follows the first value are ignored. Types are strict.
///
/// @param node the value
/// @param struct what Toxiproxy calls what is read, for its messages
record GoJson(JsonNode node, String struct) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /// Reads the first value of `body`.
    static GoJson read(byte[] body, String struct) throws ApiProblem {
        var text = new String(body, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw ApiProblem.badBody("EOF");
        }
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonNode node = MAPPER.readTree(parser);
            return new GoJson(node, struct);
        } catch (JsonEOFException _) {
            throw ApiProblem.badBody("unexpected EOF");
        } catch (JsonProcessingException e) {
            throw ApiProblem.badBody(Optional.ofNullable(e.getLocation())
                    .map(where -> where.getCharOffset())
                    .filter(at -> at > 0 && at <= text.length())
                    .map(at -> "invalid character '" + text.charAt((int) (at - 1)) + "' in JSON")
                    .orElse("invalid JSON"));
        } catch (IOException e) {
            throw ApiProblem.badBody("unreadable");
        }
    }

    /// Returns this, which must be an object.
    ///
    /// @param type as Go names it
    GoJson object(String type) throws ApiProblem {
        if (!node.isObject() && !node.isNull()) {
            throw ApiProblem.badBody("json: cannot unmarshal " + shown(node) + " into Go value of type " + type);
        }
        return this;
    }

    /// Returns the field called `name`, unless it is absent or null.
    Optional<JsonNode> field(String name) {
        JsonNode found = node.get(name);
        if (found != null) {
            return Optional.of(found).filter(value -> !value.isNull());
        }
        return node.properties().stream()
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(name))
                .reduce((_, later) -> later)
                .map(Map.Entry::getValue)
                .filter(value -> !value.isNull());
    }

    Optional<String> text(String name) throws ApiProblem {
        return typed(name, JsonNodeType.STRING, "string").map(JsonNode::textValue);
    }

    Optional<Boolean> flag(String name) throws ApiProblem {
        return typed(name, JsonNodeType.BOOLEAN, "bool").map(JsonNode::booleanValue);
    }

    Optional<Long> whole(String name) throws ApiProblem {
        var value = typed(name, JsonNodeType.NUMBER, "int64");
        if (value.filter(number -> !number.isIntegralNumber() || !number.canConvertToLong())
                .isPresent()) {
            throw mismatch(name, value.get(), "int64");
        }
        return value.map(JsonNode::longValue);
    }

    Optional<Float> real(String name) throws ApiProblem {
        var value = typed(name, JsonNodeType.NUMBER, "float32");
        if (value.filter(number -> !Float.isFinite(number.floatValue())).isPresent()) {
            throw mismatch(name, value.get(), "float32");
        }
        return value.map(JsonNode::floatValue);
    }

    private Optional<JsonNode> typed(String name, JsonNodeType type, String goType) throws ApiProblem {
        var value = field(name);
        if (value.isPresent() && value.get().getNodeType() != type) {
            throw mismatch(name, value.get(), goType);
        }
        return value;
    }

    private ApiProblem mismatch(String name, JsonNode value, String goType) {
        return ApiProblem.badBody("json: cannot unmarshal " + shown(value) + " into Go struct field " + struct + "."
                + name + " of type " + goType);
    }

    private static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case NUMBER -> "number" + (value.isIntegralNumber() && value.canConvertToLong() ? "" : " " + cut(value));
            case NULL, MISSING, BINARY -> "null";
        };
    }

    private static String cut(JsonNode value) {
        var text = value.toString();
        return text.length() > 40 ? text.substring(0, 40) : text;
    }
}
