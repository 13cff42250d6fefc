package io.ordeal.campaign.cli;

import io.ordeal.campaign.plan.PlanView;
import io.ordeal.runtime.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ordeal plan`: what would happen, and when.
@Command(
        name = "plan",
        description = "Shows the timeline of a campaign: load, faults and what undoes them. Starts nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
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
                PlanView.lines(plan, terminal.glyphs(), terminal.ink()).forEach(command.getOut()::println);
                yield ExitCode.PASS.code();
            }
        };
    }
}
