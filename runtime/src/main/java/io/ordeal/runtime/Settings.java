package io.ordeal.runtime;

import io.ordeal.runtime.kafka.KafkaSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What every service is told.
///
/// @param instance the name of this process in events, unique among its kind
/// @param kafka the broker and the registry
/// @param httpHost the address of its HTTP server; loopback unless told otherwise
/// @param httpPort its port; 0 picks a free one
/// @param stateDir the folder for what must outlive the process
/// @param token what an HTTP request that changes something must carry; without one, such requests are refused
public record Settings(
        String instance, KafkaSettings kafka, String httpHost, int httpPort, Path stateDir, Optional<String> token) {

    /// Reads the `ORDEAL_` variables of `environment`.
    ///
    /// @throws InvalidSettings when any is missing or wrong
    public static Settings read(Map<String, String> environment) {
        var in = new Environment(environment);
        var settings = new Settings(
                in.text("ORDEAL_INSTANCE").orElseGet(Settings::hostName),
                new KafkaSettings(
                        in.required("ORDEAL_BOOTSTRAP_SERVERS", "localhost:9092"),
                        in.required("ORDEAL_REGISTRY_URL", "http://localhost:8080"),
                        in.text("ORDEAL_TOPIC_PREFIX", KafkaSettings.PREFIX),
                        in.properties("ORDEAL_KAFKA_"),
                        in.properties("ORDEAL_APICURIO_")),
                in.text("ORDEAL_HTTP_HOST", "127.0.0.1"),
                in.number("ORDEAL_HTTP_PORT", 9404, 0, 65535),
                Path.of(in.text("ORDEAL_STATE_DIR", "state")),
                in.text("ORDEAL_TOKEN"));
        in.validate();
        return settings;
    }

    /// The token stays out of every log.
    @Override
    public String toString() {
        return "Settings[" + instance + ", " + kafka + ", " + httpHost + ":" + httpPort + ", " + stateDir + "]";
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }
}
