package io.ordeal.campaign.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The scripts and styles of the report, and the policy that lets these and nothing else run.
final class Assets {
    /// What the live page and the report have in common: the colours, and uPlot.
    static final String SHARED = "/io/ordeal/aggregator/page/";

    static final String PLOT_SCRIPT = read(SHARED + "uPlot.iife.min.js");
    static final String OWN_SCRIPT = read("/io/ordeal/campaign/report/report.js");
    static final String PLOT_STYLE = read(SHARED + "uPlot.min.css");
    static final String OWN_STYLE = read(SHARED + "palette.css") + read("/io/ordeal/campaign/report/report.css");

    private Assets() {}

    /// Returns the Content-Security-Policy of the page.
    static String policy() {
        return "default-src 'none'; script-src " + hash(PLOT_SCRIPT) + " " + hash(OWN_SCRIPT) + "; style-src "
                + hash(PLOT_STYLE) + " " + hash(OWN_STYLE)
                + "; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// A browser hashes a script with its line ends made LF, so it must have no others.
    private static String read(String name) {
        try (var in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
