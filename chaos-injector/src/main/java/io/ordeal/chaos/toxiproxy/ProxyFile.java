package io.ordeal.chaos.toxiproxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A file with proxies: Toxiproxy's JSON array, or a map with `proxies` and perhaps `seed`, in JSON or YAML.
///
/// @param proxies what a populate takes
public record ProxyFile(JsonNode proxies, Optional<Long> seed) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// Reads `file`.
    ///
    /// @throws IOException when it cannot be read, or is something else
    public static ProxyFile read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static ProxyFile parse(String text) throws IOException {
        var node = tree(text);
        if (node.isArray()) {
            return new ProxyFile(node, Optional.empty());
        }
        for (var name : (Iterable<String>) node::fieldNames) {
            if (!List.of("proxies", "seed").contains(name)) {
                throw new IOException("unknown key `" + name + "`; known are proxies and seed");
            }
        }
        var seed = node.path("seed");
        if (!node.path("proxies").isArray() || !(seed.isMissingNode() || seed.canConvertToLong())) {
            throw new IOException("needs a list of proxies, alone or under `proxies`, and `seed` is a whole number");
        }
        return new ProxyFile(
                node.path("proxies"), seed.isMissingNode() ? Optional.empty() : Optional.of(seed.longValue()));
    }

    /// JSON is read as such, because YAML knows other escapes.
    private static JsonNode tree(String text) throws IOException {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            try {
                var settings =
                        LoadSettings.builder().setMaxAliasesForCollections(10).build();
                return MAPPER.valueToTree(new Load(settings).loadFromString(text));
            } catch (YamlEngineException e) {
                throw new IOException("is neither JSON nor YAML: " + e.getMessage(), e);
            }
        }
    }
}
