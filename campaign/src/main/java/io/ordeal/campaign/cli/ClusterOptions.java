package io.ordeal.campaign.cli;

import io.ordeal.campaign.run.Cluster;
import io.ordeal.runtime.Environment;
import io.ordeal.runtime.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where the broker and the registry are.
final class ClusterOptions {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    private CommandSpec command;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "A running Kafka cluster (ORDEAL_BOOTSTRAP_SERVERS).")
    @Nullable
    private String bootstrapServers;

    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            description = "The base address of its Apicurio Registry (ORDEAL_REGISTRY_URL).")
    @Nullable
    private String registryUrl;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "What the topics' names begin with (ORDEAL_TOPIC_PREFIX; default: ordeal.).")
    @Nullable
    private String topicPrefix;

    /// Returns the settings of a running cluster, or empty when none was named; security comes from the environment.
    Optional<KafkaSettings> settings() {
        return settings(new Environment(System.getenv()));
    }

    private Optional<KafkaSettings> settings(Environment environment) {
        var broker = option(bootstrapServers, environment.text("ORDEAL_BOOTSTRAP_SERVERS"));
        var registry = option(registryUrl, environment.text("ORDEAL_REGISTRY_URL"));
        if (broker.isEmpty() && registry.isEmpty()) {
            return Optional.empty();
        }
        if (broker.isEmpty() || registry.isEmpty()) {
            throw wrong("--bootstrap-servers and --registry-url go together; "
                    + (broker.isEmpty() ? "--bootstrap-servers" : "--registry-url") + " is missing");
        }
        var prefix =
                option(topicPrefix, environment.text("ORDEAL_TOPIC_PREFIX")).orElse(KafkaSettings.PREFIX);
        return Optional.of(new KafkaSettings(
                broker.get(),
                registry.get().replaceAll("/+$", ""),
                prefix,
                environment.properties("ORDEAL_KAFKA_"),
                environment.properties("ORDEAL_APICURIO_")));
    }

    /// Connects to the cluster that was named, or else to that of the only run under way from this folder.
    Cluster connect() {
        return Cluster.connect(settings().orElseGet(this::ofRun));
    }

    private KafkaSettings ofRun() {
        var files = StackFile.below(Path.of("out"));
        if (files.size() > 1) {
            throw wrong("several runs are under way from this folder; say which: "
                    + files.stream().map(file -> ". " + file).collect(Collectors.joining(" or ")));
        }
        return files.stream()
                .findFirst()
                .map(StackFile::read)
                .flatMap(said -> {
                    var environment = new HashMap<>(System.getenv());
                    environment.putAll(said);
                    return settings(new Environment(environment));
                })
                .orElseThrow(() -> wrong("say which cluster: --bootstrap-servers HOST:PORT --registry-url URL;"
                        + " those of a run under way are in its folder's " + StackFile.NAME));
    }

    private static Optional<String> option(@Nullable String given, Optional<String> otherwise) {
        return Optional.ofNullable(given).or(() -> otherwise);
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(command.commandLine(), message);
    }
}
