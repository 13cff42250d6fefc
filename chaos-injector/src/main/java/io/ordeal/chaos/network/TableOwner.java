package io.ordeal.chaos.network;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.process.Marked;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An `nft -i` that owns the table of one fault. It ends when its standard input does, which it does however we die;
/// the
/// kernel then removes the table.
final class TableOwner {
    private static final long LIMIT_SECONDS = 5;

    private TableOwner() {}

    /// Starts it and returns when the table is there.
    ///
    /// @param mark what it carries; an undo for the mark is in the journal already
    static Process start(Namespace namespace, String table, List<String> commands, String mark)
            throws InjectionFailed, InterruptedException {
        var builder = new ProcessBuilder(Program.resolved(namespace.enter("nft", "-i"))).redirectErrorStream(true);
        builder.environment().put(Marked.VARIABLE, mark);
        try {
            var process = builder.start();
            // One line is one transaction. Errors come when they come and success says nothing: what is listed is
            // there.
            var input = String.join("; ", commands) + "\nlist table inet " + table + "\n";
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            await(process.inputReader(StandardCharsets.UTF_8));
            return process;
        } catch (IOException e) {
            throw new InjectionFailed("nft cannot be started", e);
        }
    }

    private static void await(BufferedReader out) throws InjectionFailed, InterruptedException {
        var listed = new CompletableFuture<String>();
        Thread.ofVirtual().name("nft-barrier").start(() -> listed.complete(problem(out)));
        try {
            var problem = listed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!problem.isEmpty()) {
                throw new InjectionFailed("nft refuses the rules: " + problem);
            }
        } catch (TimeoutException _) {
            throw new InjectionFailed("nft has not answered within " + LIMIT_SECONDS + " s");
        } catch (ExecutionException e) {
            throw new InjectionFailed("nft cannot be read", e);
        }
    }

    /// Returns the first error, or an empty text when the table has been listed.
    private static String problem(BufferedReader out) {
        try {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("Error")) {
                    return line;
                }
                if (line.equals("}")) {
                    return "";
                }
            }
            return "it has ended";
        } catch (IOException e) {
            return "it cannot be read: " + e.getMessage();
        }
    }
}
