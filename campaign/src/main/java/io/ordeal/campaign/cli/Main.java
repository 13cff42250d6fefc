package io.ordeal.campaign.cli;

import io.ordeal.runtime.ExitCode;
import io.ordeal.runtime.InvalidSettings;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/// The command `ordeal`.
@Command(
        name = "ordeal",
        description = "Puts a service through load and faults and pronounces a verdict that can be trusted.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            ListCommand.class,
            CompareCommand.class,
            AuditCommand.class,
            JudgeCommand.class,
            SloCommand.class,
            LoadCommand.class,
            ChaosCommand.class,
            ServeCommand.class,
            TopicsCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:PASS, or the command did what it should",
            "1:something else went wrong",
            "99:an objective FAILED",
            "104:invalid campaign or options; nothing was started",
            "105:interrupted",
            "111:INCONCLUSIVE"
        })
public final class Main {
    /// Runs one command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /// Returns the command line with everything set.
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setExitCodeExceptionMapper(Main::exitCode)
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command))
                .setParameterExceptionHandler((wrong, _) -> refuse(wrong));
    }

    private static int exitCode(Throwable failure) {
        return failure instanceof InvalidSettings ? ExitCode.INVALID.code() : ExitCode.ERROR.code();
    }

    private static int explain(Exception failure, CommandLine command) {
        var message = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        command.getErr().println("ordeal: " + message);
        if (System.getenv("ORDEAL_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
        }
        return exitCode(failure);
    }

    /// One line and a hint, rather than the whole usage.
    private static int refuse(ParameterException wrong) {
        PrintWriter out = wrong.getCommandLine().getErr();
        out.println("ordeal: " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, out)) {
            out.println("Try `" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help`.");
        }
        return ExitCode.INVALID.code();
    }

    /// The version in the jar's manifest.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion());
            return new String[] {"ordeal " + version.orElse("development")};
        }
    }
}
