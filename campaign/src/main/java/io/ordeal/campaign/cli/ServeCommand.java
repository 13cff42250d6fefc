package io.ordeal.campaign.cli;

import io.ordeal.aggregator.AggregatorService;
import io.ordeal.aggregator.AggregatorSettings;
import io.ordeal.campaign.stack.BrokerAndRegistry;
import io.ordeal.campaign.stack.Home;
import io.ordeal.chaos.ChaosInjectorService;
import io.ordeal.chaos.policy.InvalidConfiguration;
import io.ordeal.generator.GeneratorService;
import io.ordeal.generator.GeneratorSettings;
import io.ordeal.runtime.Environment;
import io.ordeal.runtime.ExitCode;
import io.ordeal.runtime.InvalidSettings;
import io.ordeal.runtime.Problem;
import io.ordeal.runtime.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ordeal serve`: one service in this process, until it is told to end.
@Command(
        name = "serve",
        description =
                "Runs one service until it is told to end (SIGTERM, Ctrl-C). Settings come from ORDEAL_ variables.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "generator|chaos-injector|aggregator|proxy|sample-service|stack")
final class ServeCommand {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Command(name = "generator", description = "Makes load.", mixinStandardHelpOptions = true)
    int generator(@Mixin ServiceOptions options) throws InterruptedException {
        var environment = options.environment();
        return serve(() -> GeneratorService.start(
                Settings.read(environment),
                GeneratorSettings.read(environment),
                GeneratorSettings.secrets(environment)));
    }

    @Command(name = "aggregator", description = "Draws verdicts.", mixinStandardHelpOptions = true)
    int aggregator(@Mixin ServiceOptions options) throws InterruptedException {
        var environment = options.environment();
        return serve(() -> {
            var settings = Settings.read(environment);
            var service = AggregatorService.start(settings, AggregatorSettings.read(new Environment(environment)));
            out("live page http://" + settings.httpHost() + ":" + service.port() + "/");
            return service;
        });
    }

    @Command(name = "chaos-injector", description = "Applies and reverts faults.", mixinStandardHelpOptions = true)
    int chaosInjector(
            @Mixin ServiceOptions options,
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "Targets and policy (ORDEAL_CHAOS_CONFIG); see docs/faults.md.")
                    @Nullable
                    Path file)
            throws InterruptedException {
        var environment = options.environment();
        var path = Optional.ofNullable(file)
                .or(() -> Optional.ofNullable(environment.get("ORDEAL_CHAOS_CONFIG"))
                        .map(Path::of));
        return serve(() -> injector(Settings.read(environment), path));
    }

    @Command(
            name = "proxy",
            description = "TCP proxies that speak the Toxiproxy HTTP API; see docs/proxy.md.",
            mixinStandardHelpOptions = true)
    int proxy(@Mixin ProxyCommand options) throws InterruptedException {
        Logs.quiet();
        return serve(() -> {
            var server = options.start(System.getenv());
            out("http://" + server.address().getHostString() + ":"
                    + server.address().getPort());
            server.proxies().forEach(this::out);
            return server;
        });
    }

    @Command(
            name = "stack",
            description = "A broker and a registry on this host, with topics and schemas: for trying things out.",
            mixinStandardHelpOptions = true)
    int stack(
            @Option(names = "--broker-port", defaultValue = "0", description = "0: a free one.") int brokerPort,
            @Option(names = "--registry-port", defaultValue = "0", description = "0: a free one.") int registryPort,
            @Option(
                            names = "--partitions",
                            defaultValue = "4",
                            description = "Of the topics that have one per segment (default: ${DEFAULT-VALUE}).")
                    int partitions)
            throws InterruptedException {
        Logs.quiet();
        return serve(() -> {
            var stack = BrokerAndRegistry.start(Home.find().registry(), brokerPort, registryPort, partitions);
            stack.awaitReady();
            out("export ORDEAL_BOOTSTRAP_SERVERS=" + stack.kafka().bootstrapServers());
            out("export ORDEAL_REGISTRY_URL=" + stack.kafka().registryUrl());
            return stack;
        });
    }

    @Command(
            name = "sample-service",
            description = "The service that the catalogue's campaigns are tried on. Its own options follow `--`.",
            mixinStandardHelpOptions = true)
    int sampleService(
            @Parameters(arity = "0..*", paramLabel = "OPTION", description = "Passed on; `-- --help` shows them.")
                    @Nullable
                    List<String> options)
            throws InterruptedException, IOException {
        var command = Home.sampleServiceCommand(Optional.ofNullable(options).orElse(List.of()));
        var service = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            service.destroy();
            waitFor(service);
        }));
        return service.waitFor();
    }

    private static ChaosInjectorService injector(Settings settings, Optional<Path> file) {
        if (file.isEmpty()) {
            throw new InvalidSettings(List.of(
                    new Problem("--config", "is not set: an injector touches only what its configuration names")));
        }
        try {
            return ChaosInjectorService.start(settings, file.get());
        } catch (InvalidConfiguration e) {
            throw new InvalidSettings(List.of(new Problem(file.get().toString(), String.valueOf(e.getMessage()))));
        } catch (IOException e) {
            throw new InvalidSettings(List.of(new Problem(file.get().toString(), "cannot be read: " + e.getMessage())));
        }
    }

    /// Starts the service, waits for the end of the process, and closes it then.
    private int serve(java.util.function.Supplier<? extends AutoCloseable> start) throws InterruptedException {
        var service = start.get();
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            try {
                service.close();
            } catch (Exception e) { // the process ends all the same
                err("did not stop in order: " + e.getMessage());
            }
            ended.countDown();
        }));
        ended.await();
        return ExitCode.PASS.code();
    }

    private static void waitFor(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }

    private void out(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        }
    }

    private void err(String line) {
        if (spec != null) {
            spec.commandLine().getErr().println(line);
        }
    }

    /// The options that every service has, over the environment.
    static final class ServiceOptions {
        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Option(names = "--http-port", description = "Port of probes and metrics (ORDEAL_HTTP_PORT; default: 9404).")
        @Nullable
        private Integer httpPort;

        @Option(names = "--http-host", description = "Their address (ORDEAL_HTTP_HOST; default: 127.0.0.1).")
        @Nullable
        private String httpHost;

        @Option(
                names = "--instance",
                description = "Name of this process in events (ORDEAL_INSTANCE; default: the host).")
        @Nullable
        private String instance;

        @Option(names = "--state-dir", description = "Folder for what must outlive the process (ORDEAL_STATE_DIR).")
        @Nullable
        private Path stateDir;

        /// Returns the environment with the options laid over it.
        Map<String, String> environment() {
            var environment = new HashMap<>(System.getenv());
            cluster.settings().ifPresent(kafka -> {
                environment.put("ORDEAL_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
                environment.put("ORDEAL_REGISTRY_URL", kafka.registryUrl());
                environment.put("ORDEAL_TOPIC_PREFIX", kafka.topicPrefix());
            });
            put(environment, "ORDEAL_HTTP_PORT", httpPort, String::valueOf);
            put(environment, "ORDEAL_HTTP_HOST", httpHost, Function.identity());
            put(environment, "ORDEAL_INSTANCE", instance, Function.identity());
            put(environment, "ORDEAL_STATE_DIR", stateDir, Path::toString);
            return environment;
        }

        private static <T> void put(
                Map<String, String> environment, String name, @Nullable T value, Function<T, String> text) {
            if (value != null) {
                environment.put(name, text.apply(value));
            }
        }
    }
}
