package io.ordeal.campaign.cli;

import io.ordeal.runtime.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ordeal check`: every problem of a document, without starting anything.
@Command(
        name = "check",
        description = "Reports every problem of a campaign with its line; starts nothing and needs no network.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Mixin
    private CampaignOptions campaign = new CampaignOptions();

    @Mixin
    private TerminalOptions terminal = new TerminalOptions();

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        var command = spec.commandLine();
        return switch (campaign.load(terminal.ink())) {
            case CampaignOptions.Refused(var lines) -> {
                lines.forEach(command.getErr()::println);
                yield ExitCode.INVALID.code();
            }
            case CampaignOptions.Ready(var plan, var _) -> {
                command.getOut()
                        .println("%s is valid: %d phases, %d faults, %d objectives"
                                .formatted(
                                        plan.campaign().name(),
                                        plan.phases().size(),
                                        plan.faults().size(),
                                        plan.campaign().objectives().size()));
                yield ExitCode.PASS.code();
            }
        };
    }
}
