package io.ordeal.schemas.load;

/// How to trust the service and be trusted. Paths of PEM files as generators see them; keys are never sent.
///
/// @param authorities Authorities to trust instead of the platform's; empty: the platform's.
/// @param certificate Certificate, with its chain, to show; empty: none.
/// @param key The certificate's private key.
/// @param serverName Name to ask for (SNI) and to check, in place of the target's host; empty: the target's host.
/// @param trustAll Whether any certificate will do.
public record Tls(String authorities, String certificate, String key, String serverName, boolean trustAll) {}
