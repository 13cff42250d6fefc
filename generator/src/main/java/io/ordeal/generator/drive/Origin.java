package io.ordeal.generator.drive;

import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the service is and what it is called there.
///
/// @param address name or address to connect to
/// @param port TCP port
/// @param host what requests call it, and its certificate must: `address`, unless the plan says otherwise
/// @param path what stands before every step's path; empty or `/...` without a slash at its end
/// @param secure whether TLS is spoken
public record Origin(String address, int port, String host, String path, boolean secure) {
    private static final Pattern DIGITS = Pattern.compile("[0-9.]+");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// Returns where the service of `plan` is.
    static Origin of(SegmentPlan plan) {
        var origin = of(plan.target());
        return plan.connections()
                .tls()
                .map(Tls::serverName)
                .filter(name -> !name.isEmpty())
                .map(name -> new Origin(origin.address, origin.port, name, origin.path, origin.secure))
                .orElse(origin);
    }

    /// Reads a base address such as `http://127.0.0.1:8080`.
    ///
    /// @throws IllegalArgumentException when it is none that can be driven; the message says why
    public static Origin of(String address) {
        var uri = parsed(address);
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")) {
            throw new IllegalArgumentException("the target `" + address + "` does not begin with http:// or https://");
        }
        if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the target `" + address + "` is not http://host:port, with a path at most");
        }
        var path = Optional.ofNullable(uri.getRawPath()).orElse("");
        var named = uri.getHost();
        var host = named.startsWith("[") ? named.substring(1, named.length() - 1) : named;
        int standard = secure ? HTTPS : HTTP;
        return new Origin(
                host,
                uri.getPort() == -1 ? standard : uri.getPort(),
                host,
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                secure);
    }

    /// Returns what requests say in their `host` header.
    String authority() {
        var named = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? HTTPS : HTTP) ? named : named + ":" + port;
    }

    /// Whether `host` is an address rather than a name; certificates are asked for by name only.
    static boolean literal(String host) {
        return host.indexOf(':') >= 0 || DIGITS.matcher(host).matches();
    }

    /// Returns an empty jar for the service's cookies.
    CookieJar jar() {
        return new CookieJar(host, secure);
    }

    private static URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the target `" + address + "` is no address: " + e.getReason(), e);
        }
    }
}
