package io.ordeal.campaign.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/// Turns YAML into the JSON that is sent: plain numbers, true, false and null stay what they are, the rest is text.
final class JsonText {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^{}]*}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonText() {}

    static String of(Yaml value) {
        return node(value, false).toString();
    }

    /// Returns a template of JSON: plain scalars that are one variable and nothing else are filled in as values.
    static String template(Yaml value) {
        return node(value, true).toString();
    }

    private static JsonNode node(Yaml value, boolean template) {
        return switch (value) {
            case Yaml.Scalar scalar
            when template && scalar.plain() && VARIABLE.matcher(scalar.text()).matches() ->
                NODES.rawValueNode(new RawValue(scalar.text()));
            case Yaml.Scalar scalar -> scalar(scalar);
            case Yaml.Sequence sequence -> {
                var array = NODES.arrayNode();
                sequence.items().forEach(item -> array.add(node(item, template)));
                yield array;
            }
            case Yaml.Mapping mapping -> {
                var object = NODES.objectNode();
                mapping.entries().forEach(entry -> object.set(entry.key(), node(entry.value(), template)));
                yield object;
            }
        };
    }

    private static JsonNode scalar(Yaml.Scalar scalar) {
        var text = scalar.text();
        if (!scalar.plain()) {
            return NODES.textNode(text);
        }
        if (scalar.absent()) {
            return NODES.nullNode();
        }
        if (text.equals("true") || text.equals("false")) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (INTEGER.matcher(text).matches()) {
            return NODES.numberNode(new BigInteger(text));
        }
        return DECIMAL.matcher(text).matches() ? DecimalNode.valueOf(new BigDecimal(text)) : NODES.textNode(text);
    }
}
