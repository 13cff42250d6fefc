package io.ordeal.sample;

import io.ordeal.sample.http.RunningService;
import io.ordeal.sample.http.ServiceOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/// The process: prepares a service, lets it listen, says so in one line, and stops it gracefully on SIGTERM, on
/// SIGINT or
/// when standard input closes. It ends with 0 after a stop, 1 if it cannot listen, 2 if its configuration is wrong.
public final class SampleService {

    private static final int CANNOT_LISTEN = 1;
    private static final int WRONG_CONFIGURATION = 2;

    private SampleService() {}

    /// Starts the process.
    public static void main(String[] arguments) {
        tune();
        Map<String, String> environment = System.getenv();
        CommandLine line = CommandLine.parse(List.of(arguments), environment);
        if (line.is("help")) {
            System.out.print(CommandLine.help());
            return;
        }
        switch (Preparation.prepare(line, environment)) {
            case Preparation.Ready ready -> run(ready, line.is("exit-with-parent"));
            case Preparation.Impossible(List<String> problems) -> {
                problems.forEach(System.err::println);
                System.exit(WRONG_CONFIGURATION);
            }
        }
    }

    private static void run(Preparation.Ready ready, boolean withParent) {
        ServiceOptions options = ready.options();
        RunningService service;
        try {
            service = RunningService.start(options, ready.behaviour());
        } catch (CompletionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            System.err.println("cannot start on " + options.host() + ":" + options.port() + ": " + cause.getMessage());
            System.exit(CANNOT_LISTEN);
            return;
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(service)));
        System.getLogger(SampleService.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "model on port {0,number,#}, {1} transport",
                        service.modelPort(),
                        service.isNative() ? "native" : "JDK");
        System.out.println("sample-service ready on http://" + options.host() + ":" + service.port());
        System.out.flush();
        if (withParent) {
            Thread.ofPlatform().daemon().name("parent").start(SampleService::awaitEndOfInput);
        }
    }

    /// Stops the service. The JVM would end with 143 after SIGTERM; a stop that was asked for is a success.
    private static void stop(RunningService service) {
        try {
            service.close();
        } catch (CompletionException failure) {
            System.err.println("stopped hard: " + failure.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }

    /// A pipe closes with the process that holds its other end, even one that was killed.
    private static void awaitEndOfInput() {
        try {
            var _ = System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // An input that cannot be read has no parent at its other end either.
        }
        System.exit(0);
    }

    /// Sets what libraries read from system properties, unless the command line has set it.
    private static void tune() {
        Map.of(
                        "vertx.disableMetrics", "true",
                        "vertx.disableContextTimings", "true",
                        "vertx.threadChecks", "false",
                        "io.netty.leakDetection.level", "disabled",
                        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n")
                .forEach((key, value) -> System.setProperty(key, System.getProperty(key, value)));
    }
}
