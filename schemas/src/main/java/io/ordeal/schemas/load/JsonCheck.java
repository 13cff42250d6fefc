package io.ordeal.schemas.load;

import java.util.Optional;

/// A value in a JSON body.
///
/// @param path JSONPath (RFC 9535).
/// @param equals What stands there, as text; empty: anything may, but something must.
public record JsonCheck(String path, Optional<String> equals) {}
