package io.ordeal.campaign.cli;

import io.ordeal.runtime.kafka.TopicSetup;
import io.ordeal.runtime.kafka.Wire;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `ordeal topics`: makes the topics and registers their schemas, once per cluster.
@Command(
        name = "topics",
        description = "Creates the topics of the contract and registers their schemas; tells how existing ones differ.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    @Nullable
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--create", required = true, description = "Create what is missing.")
    @SuppressWarnings("unused") // it must be said, and there is nothing else that could be
    private boolean create;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of the topics that have one per segment (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--replication",
            defaultValue = "-1",
            description = "Copies of each partition; -1: as the broker has it (default: ${DEFAULT-VALUE}).")
    private short replication;

    @Override
    public Integer call() {
        Logs.quiet();
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        var command = spec.commandLine();
        var settings = cluster.settings()
                .orElseThrow(() ->
                        new ParameterException(command, "say which cluster: --bootstrap-servers, --registry-url"));
        var out = command.getOut();
        TopicSetup.create(settings, partitions, replication).forEach(drift -> out.println("differs: " + drift));
        Wire.open(settings, PATIENCE).close();
        out.println("topics and schemas are there, prefix " + settings.topicPrefix());
        return 0;
    }
}
