package io.ordeal.generator.control;

import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What is wrong with how a plan reaches its service: everything at once. Looks into the files that it names, but tells
/// nothing of what is in them.
final class ConnectionProblems {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (RSA |EC )?PRIVATE KEY-----(.+?)-----END (RSA |EC )?PRIVATE KEY-----", Pattern.DOTALL);

    private final List<String> problems = new ArrayList<>();

    private ConnectionProblems() {}

    /// Returns why the connections of `plan` cannot be opened; nothing when they can.
    static List<String> of(SegmentPlan plan) {
        var check = new ConnectionProblems();
        check.numbers(plan.connections());
        plan.connections().tls().ifPresent(tls -> {
            boolean secure = plan.target().toLowerCase(Locale.ROOT).startsWith("https:");
            check.require(secure, "it has TLS settings for a target that does not begin with https://");
            check.files(tls);
        });
        return check.problems;
    }

    private void numbers(Connections connections) {
        require(connections.connectTimeout().isPositive(), "the time to connect is not above 0");
        require(
                connections.mode() != ConnectionMode.SHARED || connections.limit() > 0,
                "the limit of shared connections is not above 0");
        require(connections.streams() > 0, "the streams of a connection are not above 0");
        require(connections.churn() >= 0, "the requests of a connection are below 0");
        require(!connections.storm().isNegative(), "the time between storms is below 0");
    }

    private void files(Tls tls) {
        if (!tls.authorities().isEmpty()) {
            certificates("authorities", tls.authorities());
        }
        require(
                tls.certificate().isEmpty() == tls.key().isEmpty(),
                "TLS has a certificate without its key, or a key without its certificate");
        if (!tls.certificate().isEmpty()) {
            certificates("certificate", tls.certificate());
        }
        if (!tls.key().isEmpty()) {
            key(tls.key());
        }
    }

    private void certificates(String what, String path) {
        try (var in = Files.newInputStream(Path.of(path))) {
            require(
                    !CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .isEmpty(),
                    "the TLS " + what + " in `" + path + "` have no certificate");
        } catch (IOException | InvalidPathException e) {
            unreadable(what, path, e);
        } catch (GeneralSecurityException _) {
            problems.add("the TLS " + what + " file `" + path + "` is no PEM file of certificates");
        }
    }

    private void key(String path) {
        try {
            var found = KEY.matcher(Files.readString(Path.of(path)));
            require(
                    found.find() && decodes(found.group(2)),
                    "the TLS key file `" + path + "` is no PEM file of a private key without a password");
        } catch (IOException | InvalidPathException e) {
            unreadable("key", path, e);
        }
    }

    private static boolean decodes(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64).length > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private void unreadable(String what, String path, Exception cause) {
        problems.add("the TLS " + what + " file `" + path + "` cannot be read by the generator ("
                + cause.getClass().getSimpleName() + ")");
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
