package io.ordeal.schemas.load;

import java.util.Optional;

/// A value taken from an answer. Without it and without a fallback the answer is INVALID and the iteration ends.
///
/// @param expression A JSONPath, a regular expression (its first group, or the whole match) or the name of a header.
/// @param fallback What stands for a value that is not there.
public record Extraction(String name, ExtractionKind kind, String expression, Optional<String> fallback) {}
