package io.ordeal.schemas.load;

/// HTTP_2 is negotiated over TLS (ALPN), and spoken with prior knowledge without.
public enum HttpVersion {
    HTTP_1_1,
    HTTP_2
}
