package io.ordeal.schemas.results;

/// Names for the request indices in timings; the position in the array is the index.
public record RequestInfo(String scenario, String request) {}
