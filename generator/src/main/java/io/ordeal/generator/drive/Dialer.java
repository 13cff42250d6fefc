package io.ordeal.generator.drive;

import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.HttpVersion;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Tls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens connections to the service of one plan, and says once for each reason why it could not. Belongs to one event
/// loop.
final class Dialer {
    private static final Logger log = LoggerFactory.getLogger(Dialer.class);
    private static final int REASONS = 8;
    private static final int NO_WINDOW = -1;

    private final SegmentPlan plan;
    private final EventLoops loops;
    private final HttpVersion version;
    private final HttpClientAgent client;
    private final HttpConnectOptions options;
    private final boolean own;
    private final Set<String> told = new HashSet<>();

    private Dialer(SegmentPlan plan, EventLoops loops, HttpVersion version) {
        this.plan = plan;
        this.loops = loops;
        this.version = version;
        var origin = Origin.of(plan);
        var settings = plan.connections();
        own = origin.secure() || version == HttpVersion.HTTP_2;
        client = own ? client(loops.vertx(), origin, version) : loops.client();
        options = new HttpConnectOptions()
                .setServer(SocketAddress.inetSocketAddress(origin.port(), origin.address()))
                .setHost(origin.host())
                .setPort(origin.port())
                .setConnectTimeout(millis(settings));
        if (origin.secure()) {
            options.setSsl(true).setSslOptions(tls(settings));
        }
    }

    /// Returns what opens the connections for the requests of `plan`.
    static Dialer of(SegmentPlan plan, EventLoops loops) {
        return new Dialer(plan, loops, plan.connections().version());
    }

    /// Returns what opens connections that can become WebSockets, whatever requests go over.
    static Dialer forWebSockets(SegmentPlan plan, EventLoops loops) {
        return new Dialer(plan, loops, HttpVersion.HTTP_1_1);
    }

    private static HttpClientAgent client(Vertx vertx, Origin origin, HttpVersion version) {
        var options = EventLoops.options();
        if (origin.secure()) {
            options.setForceSni(!Origin.literal(origin.host()));
        }
        if (version == HttpVersion.HTTP_2) {
            options.setProtocolVersion(io.vertx.core.http.HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false)
                    .setUseAlpn(origin.secure());
        }
        return vertx.createHttpClient(options);
    }

    private static ClientSSLOptions tls(Connections settings) {
        var options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("HTTPS")
                .setSslHandshakeTimeout(millis(settings))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        settings.tls().ifPresent(tls -> trust(options, tls));
        return options;
    }

    private static void trust(ClientSSLOptions options, Tls tls) {
        if (tls.trustAll()) {
            options.setTrustAll(true).setHostnameVerificationAlgorithm("");
        } else if (!tls.authorities().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(tls.authorities()));
        }
        if (!tls.certificate().isEmpty()) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()));
        }
    }

    private static long millis(Connections settings) {
        return Math.max(1, settings.connectTimeout().toMillis());
    }

    /// Whether several requests may share a connection at once.
    boolean multiplexed() {
        return version == HttpVersion.HTTP_2;
    }

    /// Returns how many requests share a connection at once.
    int streams() {
        var settings = plan.connections();
        return multiplexed() && settings.mode() == ConnectionMode.SHARED ? settings.streams() : 1;
    }

    /// Opens a connection.
    Future<HttpClientConnection> http() {
        return own ? inTime(client.connect(options).compose(this::spoken)) : client.connect(options);
    }

    /// Returns how long the TLS handshake of the connection from `local` took, in nanoseconds.
    long handshake(SocketAddress local) {
        return own ? loops.handshakes().take(local) : 0;
    }

    /// Whether plain requests may take the short way past the client: over HTTP/1.1 without TLS, on connections that
    /// are kept.
    boolean direct() {
        return !own && plan.connections().churn() == 0;
    }

    /// Lays the short way on the connection from `local`, where there may be one.
    Optional<Shortcut> shortcut(SocketAddress local) {
        return direct() ? Optional.of(loops.shortcuts().lay(local)) : Optional.empty();
    }

    /// Runs `task` after what the event loop has at hand.
    void later(Runnable task) {
        loops.vertx().runOnContext(_ -> task.run());
    }

    /// Says why connections cannot be opened, once for each reason.
    void failed(Throwable cause) {
        var reason = Reason.of(cause);
        if (told.size() < REASONS && told.add(reason)) {
            log.atWarn()
                    .addKeyValue("run", plan.run())
                    .addKeyValue("segment", plan.segment())
                    .addKeyValue("target", plan.target())
                    .addKeyValue("reason", reason)
                    .log("a connection could not be opened; said once for each reason");
        }
    }

    /// Refuses a service that chose another version: what was asked for would not be what is measured.
    private Future<HttpClientConnection> spoken(HttpClientConnection connection) {
        if (multiplexed() && connection.getWindowSize() == NO_WINDOW) {
            var _ = connection.close();
            return Future.failedFuture("the service does not speak HTTP/2");
        }
        if (connection.maxActiveStreams() < streams()) {
            failed(new IllegalStateException("the service allows " + connection.maxActiveStreams()
                    + " streams on a connection, the plan asks for " + streams() + "; the others wait"));
        }
        return Future.succeededFuture(connection);
    }

    /// The time to connect holds for everything until requests can be sent.
    private Future<HttpClientConnection> inTime(Future<HttpClientConnection> connecting) {
        Promise<HttpClientConnection> promise = Promise.promise();
        long timer = loops.vertx()
                .setTimer(
                        millis(plan.connections()),
                        _ -> promise.tryFail(new TimeoutException("the connection was not ready within "
                                + plan.connections().connectTimeout())));
        connecting.onComplete(
                connection -> {
                    loops.vertx().cancelTimer(timer);
                    if (!promise.tryComplete(connection)) {
                        var _ = connection.close();
                    }
                },
                cause -> {
                    loops.vertx().cancelTimer(timer);
                    promise.tryFail(cause);
                });
        return promise.future();
    }

    /// Closes what it has of its own.
    void close() {
        if (own) {
            var _ = client.close();
        }
    }
}
