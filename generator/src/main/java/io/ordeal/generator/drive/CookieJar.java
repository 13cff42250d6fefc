package io.ordeal.generator.drive;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.ClientCookieEncoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The cookies of one user, kept and sent as RFC 6265 says, for one host. Belongs to one event loop.
final class CookieJar {
    /// What browsers keep at least for a host; beyond it the oldest goes.
    private static final int MOST = 100;

    private final String host;
    private final boolean secure;
    private final List<Kept> kept = new ArrayList<>();

    private record Kept(Cookie cookie, String path, long until) {
        boolean replaces(Kept other) {
            return cookie.name().equals(other.cookie.name()) && path.equals(other.path);
        }
    }

    /// Is empty.
    ///
    /// @param secure whether the connection is encrypted: others neither take nor send secure cookies
    CookieJar(String host, boolean secure) {
        this.host = host.toLowerCase(Locale.ROOT);
        this.secure = secure;
    }

    boolean empty() {
        return kept.isEmpty();
    }

    void clear() {
        kept.clear();
    }

    /// Takes the values of `Set-Cookie` of the answer to a request for `uri`; it is `now`, in nanoseconds.
    void take(List<String> values, String uri, long now) {
        for (var value : values) {
            Optional.ofNullable(ClientCookieDecoder.LAX.decode(value))
                    .filter(this::mayBeKept)
                    .ifPresent(cookie -> keep(cookie, uri, now));
        }
    }

    private boolean mayBeKept(Cookie cookie) {
        var domain = Optional.ofNullable(cookie.domain()).orElse("").toLowerCase(Locale.ROOT);
        var bare = domain.startsWith(".") ? domain.substring(1) : domain;
        boolean ours = bare.isEmpty() || host.equals(bare) || (host.endsWith("." + bare) && bare.indexOf('.') > 0);
        return ours && (secure || !cookie.isSecure());
    }

    private void keep(Cookie cookie, String uri, long now) {
        var path = Optional.ofNullable(cookie.path())
                .filter(given -> given.startsWith("/"))
                .orElseGet(() -> folder(uri));
        long age = cookie.maxAge();
        var fresh = new Kept(cookie, path, age == Cookie.UNDEFINED_MAX_AGE ? Long.MAX_VALUE : end(now, age));
        kept.removeIf(fresh::replaces);
        if (fresh.until > now) {
            kept.add(fresh);
        }
        if (kept.size() > MOST) {
            kept.removeFirst();
        }
    }

    private static long end(long now, long seconds) {
        return seconds >= (Long.MAX_VALUE - now) / 1_000_000_000L ? Long.MAX_VALUE : now + seconds * 1_000_000_000L;
    }

    /// Returns the value of `Cookie` for a request for `uri`; empty when there is nothing to send.
    Optional<String> header(String uri, long now) {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        kept.removeIf(cookie -> cookie.until <= now);
        var path = path(uri);
        var sent = kept.stream()
                .filter(cookie -> covers(cookie.path, path))
                .sorted(Comparator.comparingInt((Kept cookie) -> cookie.path.length())
                        .reversed())
                .map(Kept::cookie)
                .toList();
        return sent.isEmpty() ? Optional.empty() : Optional.ofNullable(ClientCookieEncoder.LAX.encode(sent));
    }

    private static boolean covers(String folder, String path) {
        return path.equals(folder)
                || (path.startsWith(folder) && (folder.endsWith("/") || path.charAt(folder.length()) == '/'));
    }

    private static String folder(String uri) {
        var path = path(uri);
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
