package io.ordeal.chaos.toxiproxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Addresses in Go's notation.
final class ListenAddress {
    private static final int HIGHEST_PORT = 65535;

    private ListenAddress() {}

    /// Resolves `host:port`. No host means every interface, no text at all a free port there as well. A name server may
    /// be slow: no lock may be held.
    static InetSocketAddress resolve(String text) throws ApiProblem {
        if (text.isEmpty()) {
            return new InetSocketAddress(0);
        }
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon > 0 && text.charAt(colon - 1) == ']';
        if (colon < 0 || (text.endsWith("]") && text.startsWith("["))) {
            throw failed("address " + text + ": missing port in address");
        }
        if (!bracketed && text.indexOf(':') < colon) {
            throw failed("address " + text + ": too many colons in address");
        }
        var host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        int port = port(text.substring(colon + 1));
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException | SecurityException _) {
            throw failed("lookup " + host + ": no such host");
        }
    }

    /// Returns `address` as Go shows it.
    static String shown(InetSocketAddress address) {
        var host = address.getAddress();
        var text = host.isAnyLocalAddress() ? "::" : host.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + address.getPort();
    }

    private static int port(String text) throws ApiProblem {
        if (!text.matches("[0-9]{0,5}") || (!text.isEmpty() && Integer.parseInt(text) > HIGHEST_PORT)) {
            throw failed("address " + text + ": invalid port");
        }
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static ApiProblem failed(String text) {
        return new ApiProblem(ApiProblem.FAILED, text);
    }
}
