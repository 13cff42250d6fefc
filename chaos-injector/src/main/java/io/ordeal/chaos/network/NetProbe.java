package io.ordeal.chaos.network;

import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.posix.NetworkNamespaces;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A TCP connection made from inside a namespace to see whether it comes about.
///
/// @param from where it begins
/// @param to where it leads; nothing need listen there, for a refusal is an answer as well
record NetProbe(Namespace from, InetSocketAddress to) {

    /// What came of it.
    ///
    /// @param after how long
    record Outcome(Answer answer, Duration after) {
        String shown() {
            return answer.name().toLowerCase(java.util.Locale.ROOT) + " after " + Shown.millis(after);
        }
    }

    enum Answer {
        CONNECTED,
        REFUSED,
        SILENT,
        UNREACHABLE;

        /// Whether something has answered.
        boolean heard() {
            return this == CONNECTED || this == REFUSED;
        }
    }

    /// Makes all of `probes` at once and returns what came of each.
    static Map<NetProbe, Outcome> all(List<NetProbe> probes, Duration patience) {
        var running = probes.stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), probe -> probe.outcome(patience)));
        return running.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().join()));
    }

    /// Returns a connection that stays open, or an empty list where none comes about.
    List<Socket> open(Duration patience) {
        return start(socket -> {
                    if (connect(socket, patience).answer() == Answer.CONNECTED) {
                        return List.of(socket);
                    }
                    close(socket);
                    return List.<Socket>of();
                })
                .exceptionally(_ -> List.of())
                .join();
    }

    /// From a namespace that cannot be entered, nothing is reached.
    private CompletableFuture<Outcome> outcome(Duration patience) {
        return start(socket -> {
                    var outcome = connect(socket, patience);
                    close(socket);
                    return outcome;
                })
                .exceptionally(_ -> new Outcome(Answer.UNREACHABLE, Duration.ZERO));
    }

    private Outcome connect(Socket socket, Duration patience) {
        long start = System.nanoTime();
        var answer = Answer.CONNECTED;
        try {
            socket.connect(to, (int) Math.max(1, patience.toMillis()));
        } catch (SocketTimeoutException _) {
            answer = Answer.SILENT;
        } catch (ConnectException e) {
            answer = String.valueOf(e.getMessage()).contains("refused") ? Answer.REFUSED : Answer.UNREACHABLE;
        } catch (IOException _) {
            answer = Answer.UNREACHABLE;
        }
        return new Outcome(answer, Duration.ofNanos(System.nanoTime() - start));
    }

    /// A socket belongs to the namespace of the thread that makes it. A thread that has joined another one is of no
    /// other
    /// use any more.
    private <T> CompletableFuture<T> start(Function<Socket, T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofPlatform().daemon().name("net-probe").start(() -> {
            try {
                from.file().ifPresent(NetworkNamespaces::join);
                result.complete(work.apply(probing()));
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /// It is reset when it is closed, and leaves nothing that waits.
    private static Socket probing() throws IOException {
        var socket = new Socket();
        socket.setSoLinger(true, 0);
        return socket;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is of no use any more
        }
    }

    String shown() {
        return to.getAddress().getHostAddress() + " port " + to.getPort();
    }
}
