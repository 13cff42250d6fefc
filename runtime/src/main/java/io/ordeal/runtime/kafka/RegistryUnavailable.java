package io.ordeal.runtime.kafka;

/// The registry could not be used.
public final class RegistryUnavailable extends IllegalStateException {
    RegistryUnavailable(String url, String reason, Throwable cause) {
        super("the schema registry at " + url + " cannot be used: " + reason, cause);
    }
}
