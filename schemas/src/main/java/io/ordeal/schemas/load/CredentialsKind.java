package io.ordeal.schemas.load;

public enum CredentialsKind {
    BASIC,
    BEARER
}
