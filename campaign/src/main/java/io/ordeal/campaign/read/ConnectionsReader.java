package io.ordeal.campaign.read;

import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.HttpVersion;
import io.ordeal.schemas.load.Tls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Reads how the service is reached: `connections: {shared: 10, protocol: http2, streams: 50}` and
/// `tls: {authorities: ca.pem}`.
final class ConnectionsReader {
    private static final int MOST = 1_000_000;
    private static final int STREAMS = 100;
    private static final int MOST_STREAMS = 10_000;
    private static final Duration SHORTEST_STORM = Duration.ofSeconds(1);
    private static final Duration LONGEST_STORM = Duration.ofHours(24);

    private final String label;
    private final Duration connectTimeout;
    private final Problems problems;

    /// Reads for the document called `label`, beside which relative paths are looked for.
    ConnectionsReader(String label, Duration connectTimeout, Problems problems) {
        this.label = label;
        this.connectTimeout = connectTimeout;
        this.problems = problems;
    }

    /// Reads both keys of a campaign.
    Connections read(Fields campaign) {
        var plain = new Connections(ConnectionMode.PER_USER, 0, connectTimeout);
        var connections = campaign.optional("connections", (value, _) -> connections(value))
                .orElse(plain);
        var tls = campaign.optional("tls", (value, _) -> tls(value));
        refuseTlsWithoutNeed(campaign);
        return new Connections(
                connections.mode(),
                connections.limit(),
                connectTimeout,
                connections.version(),
                connections.streams(),
                connections.churn(),
                connections.storm(),
                tls);
    }

    private Optional<Connections> connections(Yaml value) {
        if (value instanceof Yaml.Scalar scalar) {
            return scalar.text().equals("per-user")
                    ? Optional.empty()
                    : problems.refuse(Values.malformed(scalar, "is neither `per-user` nor `{shared: 100}`"));
        }
        return Fields.open(value, Keys.CONNECTIONS, "`connections`", problems).map(this::connections);
    }

    private Connections connections(Fields fields) {
        var shared = fields.optional("shared", Values.whole(1, MOST)).map(Math::toIntExact);
        var version = fields.optional("protocol", ConnectionsReader::version).orElse(HttpVersion.HTTP_1_1);
        var streams = fields.optional("streams", Values.whole(1, MOST_STREAMS)).map(Math::toIntExact);
        var churn = fields.optional("churn", Values.whole(1, MOST)).map(Math::toIntExact);
        var storm = fields.optional("storm", ConnectionsReader::storm);
        if (fields.has("streams") && (!fields.has("shared") || version != HttpVersion.HTTP_2)) {
            fields.entry("streams")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.MISSING_KEY,
                                    "`streams` are those of shared connections of HTTP/2",
                                    entry.keyPlace())
                            .noting("help: write `{shared: 10, protocol: http2, streams: 50}`")));
        }
        return new Connections(
                shared.isPresent() ? ConnectionMode.SHARED : ConnectionMode.PER_USER,
                shared.orElse(0),
                connectTimeout,
                version,
                streams.orElse(STREAMS),
                churn.orElse(0),
                storm.orElse(Duration.ZERO),
                Optional.empty());
    }

    private static Optional<HttpVersion> version(Yaml value, Problems problems) {
        return Values.scalar(value, "`http1.1` or `http2`", problems).flatMap(scalar -> switch (scalar.text()) {
            case "http1.1" -> Optional.of(HttpVersion.HTTP_1_1);
            case "http2" -> Optional.of(HttpVersion.HTTP_2);
            default -> problems.refuse(Values.malformed(scalar, "is neither `http1.1` nor `http2`"));
        });
    }

    /// Reads `every 30s`.
    private static Optional<Duration> storm(Yaml value, Problems problems) {
        return Values.scalar(value, "`every 30s`", problems).flatMap(scalar -> {
            if (!scalar.text().startsWith("every ")) {
                return problems.refuse(Values.malformed(scalar, "does not say how often; write `every 30s`"));
            }
            return Values.duration(scalar.text().substring("every ".length()).strip(), scalar.place(), problems)
                    .flatMap(every -> every.compareTo(SHORTEST_STORM) >= 0 && every.compareTo(LONGEST_STORM) <= 0
                            ? Optional.of(every)
                            : problems.refuse(new DocumentProblem(
                                    Code.OUT_OF_RANGE,
                                    "`" + scalar.text() + "` is not between `every 1s` and `every 24h`",
                                    scalar.place())));
        });
    }

    private Optional<Tls> tls(Yaml value) {
        return Fields.open(value, Keys.TLS, "`tls`", problems).map(fields -> {
            var authorities = fields.optional("authorities", (given, _) -> file(given));
            var certificate = fields.optional("certificate", (given, _) -> file(given));
            var key = fields.optional("key", (given, _) -> file(given));
            var name = fields.optional("server-name", Values::text);
            boolean all = fields.optional("trust-all", Values::bool).orElse(false);
            together(fields, "certificate", "key");
            together(fields, "key", "certificate");
            if (all && fields.has("authorities")) {
                fields.entry("trust-all")
                        .ifPresent(entry -> problems.add(new DocumentProblem(
                                        Code.EITHER_OR,
                                        "`tls` has both `authorities` and `trust-all`",
                                        entry.keyPlace())
                                .labelled("only one of them")));
            }
            return new Tls(authorities.orElse(""), certificate.orElse(""), key.orElse(""), name.orElse(""), all);
        });
    }

    private void together(Fields fields, String given, String missing) {
        if (fields.has(given) && !fields.has(missing) && !fields.meant(missing)) {
            fields.entry(given)
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                            Code.MISSING_KEY,
                            "`tls` has a `" + given + "` without its `" + missing + "`",
                            entry.keyPlace())));
        }
    }

    private Optional<String> file(Yaml value) {
        return Values.scalar(value, "the path of a PEM file", problems).flatMap(scalar -> {
            try {
                return Optional.of(Path.of(label).resolveSibling(scalar.text()).toString());
            } catch (InvalidPathException e) {
                return problems.refuse(Values.malformed(scalar, "is no path: " + e.getReason()));
            }
        });
    }

    private void refuseTlsWithoutNeed(Fields campaign) {
        boolean secure = campaign.entry("target").map(Yaml.Entry::value).stream()
                .anyMatch(value ->
                        value instanceof Yaml.Scalar scalar && scalar.text().startsWith("https://"));
        if (!secure) {
            campaign.entry("tls")
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.EITHER_OR, "`tls` is for a target that begins with https://", entry.keyPlace())
                            .noting("help: write the address of the service as `target: https://host:port`")));
        }
    }
}
