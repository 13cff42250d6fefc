package io.ordeal.campaign.read;

import java.util.List;
import java.util.Optional;

/// A YAML value with its place.
sealed interface Yaml {
    /// Where it stands.
    Place place();

    /// A single value as text; what it means is up to its reader.
    ///
    /// @param plain whether it was written without quotes
    record Scalar(String text, boolean plain, Place place) implements Yaml {
        /// Whether nothing was written.
        boolean absent() {
            return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }
    }

    /// A list.
    record Sequence(List<Yaml> items, Place place) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// Keys with their values, in the order of the text.
    record Mapping(List<Entry> entries, Place place) implements Yaml {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /// Returns the entry of that key.
        Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }
    }

    /// One key with its value.
    record Entry(String key, Place keyPlace, Yaml value) {}

    /// Returns what kind of value it is, in words.
    default String kind() {
        return switch (this) {
            case Scalar scalar when scalar.absent() -> "nothing";
            case Scalar scalar -> "`" + scalar.text() + "`";
            case Sequence _ -> "a list";
            case Mapping _ -> "a mapping";
        };
    }
}
