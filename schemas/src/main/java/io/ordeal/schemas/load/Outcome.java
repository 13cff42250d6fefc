package io.ordeal.schemas.load;

/// OK; INVALID: an answer judged bad; HTTP_ERROR: status 4xx or 5xx; TIMEOUT; CONNECT_ERROR; RESET: the connection
/// broke; ABORTED: by us.
public enum Outcome {
    OK,
    INVALID,
    HTTP_ERROR,
    TIMEOUT,
    CONNECT_ERROR,
    RESET,
    ABORTED
}
