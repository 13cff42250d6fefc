package io.ordeal.schemas.load;

/// JSON_PATH (RFC 9535) and REGEX look into the body, HEADER into the headers.
public enum ExtractionKind {
    JSON_PATH,
    REGEX,
    HEADER
}
