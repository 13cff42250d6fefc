package io.ordeal.schemas.load;

/// What a user authenticates with. Only names: generators read the values from their environment, and never tell them.
///
/// @param user Name of the environment variable with the user, for BASIC.
/// @param secret Name of the environment variable with the password or the token.
public record Credentials(CredentialsKind kind, String user, String secret) {}
