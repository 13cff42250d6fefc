package io.ordeal.campaign.read;

/// Where a value stands.
///
/// @param line 1-based
/// @param column 1-based
/// @param length of the part on that line, at least 1
/// @param pointer the JSON pointer of the value, for instance `/phases/1/rate`
public record Place(Source source, int line, int column, int length, String pointer) {}
