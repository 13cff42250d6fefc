package io.ordeal.generator.drive;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where the service is.
///
/// @param host name or address
/// @param port TCP port
/// @param path what stands before every step's path; empty or `/...` without a slash at its end
public record Origin(String host, int port, String path) {
    private static final int HTTP = 80;

    /// Reads a base address such as `http://127.0.0.1:8080`.
    ///
    /// @throws IllegalArgumentException when it is none that can be driven; the message says why
    public static Origin of(String address) {
        var uri = parsed(address);
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("the target `" + address + "` does not begin with http://");
        }
        if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the target `" + address + "` is not http://host:port, with a path at most");
        }
        var path = Optional.ofNullable(uri.getRawPath()).orElse("");
        var host = uri.getHost();
        return new Origin(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() == -1 ? HTTP : uri.getPort(),
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /// Returns an empty jar for the service's cookies.
    CookieJar jar() {
        return new CookieJar(host, false);
    }

    private static URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the target `" + address + "` is no address: " + e.getReason(), e);
        }
    }
}
