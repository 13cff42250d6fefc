package io.ordeal.chaos.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.Address;
import io.ordeal.chaos.undo.Undo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Idle connections to a service. They are sockets of this process and end with it; otherwise they end with a reset,
/// which leaves nothing behind on either side.
final class CrowdInjection implements Injection {
    private static final int AT_ONCE = 100;
    private static final int DIAL_MILLIS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AGAIN_MILLIS = 200;

    private final Loops loops;
    private final Address service;
    private final int count;
    private final InstantSource clock;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final Semaphore dialling = new Semaphore(AT_ONCE);
    private final AtomicInteger closedByService = new AtomicInteger();
    private volatile boolean over;
    private volatile String trouble = "";

    CrowdInjection(Loops loops, Address service, int count, InstantSource clock) {
        this.loops = loops;
        this.service = service;
        this.count = count;
        this.clock = clock;
    }

    @Override
    public Undo undo() {
        return new Undo.WithInjector();
    }

    @Override
    public List<String> steps() {
        return List.of("connect " + count + " times to " + service + " and say nothing");
    }

    @Override
    public Instant act() throws InjectionFailed, InterruptedException {
        var actedAt = clock.instant();
        var where = new InetSocketAddress(service.host(), service.port());
        if (where.isUnresolved()) {
            throw new InjectionFailed(service.host() + " has no address");
        }
        var dialler = new Bootstrap()
                .group(loops.group())
                .channel(loops.socketType())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, DIAL_MILLIS)
                .option(ChannelOption.SO_LINGER, 0)
                .handler(new TcpProxy.Unhandled())
                .remoteAddress(where);
        for (int i = 0; i < count; i++) {
            dialling.acquire();
            dial(dialler);
        }
        dialling.acquire(AT_ONCE);
        dialling.release(AT_ONCE);
        return actedAt;
    }

    /// All of them must be there at one moment.
    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (open.size() < count) {
            if (System.nanoTime() - end > 0) {
                throw new InjectionFailed(open.size() + " of " + count + " connections are open, the service closed "
                        + closedByService + (trouble.isEmpty() ? "" : ", and: " + trouble));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return Map.of("connections_open", String.valueOf(open.size()));
    }

    @Override
    public void revert() throws InjectionFailed, InterruptedException {
        over = true;
        for (var channel : open) {
            var _ = channel.close();
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!open.isEmpty() || dialling.availablePermits() < AT_ONCE) {
            if (System.nanoTime() - end > 0) {
                throw new InjectionFailed(open.size() + " connections are still open");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return Map.of("connections_left", "0", "closed_by_service", closedByService.toString());
    }

    private void dial(Bootstrap dialler) {
        var _ = dialler.connect().addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                keep(dialler, done.channel());
            } else {
                trouble = String.valueOf(done.cause().getMessage());
            }
            dialling.release();
        });
    }

    /// One that the service closes is replaced: it is to stay crowded.
    private void keep(Bootstrap dialler, Channel channel) {
        open.add(channel);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                var _ = context.close();
            }
        });
        var _ = channel.closeFuture().addListener(_ -> {
            open.remove(channel);
            if (!over) {
                closedByService.incrementAndGet();
                var _ = channel.eventLoop().schedule(() -> again(dialler), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
        if (over) {
            var _ = channel.close();
        }
    }

    private void again(Bootstrap dialler) {
        if (!over && dialling.tryAcquire()) {
            dial(dialler);
        }
    }
}
