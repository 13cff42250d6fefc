package io.ordeal.campaign.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// A command in this process, for tests of commands that need no process of their own.
public final class CommandLineInProcess {
    private CommandLineInProcess() {}

    /// What a command said, and its exit code.
    public record Said(int exit, String said) {}

    /// Runs one command.
    public static Said run(List<String> arguments) {
        var said = new StringWriter();
        var writer = new PrintWriter(said, true);
        int exit = Main.commandLine().setOut(writer).setErr(writer).execute(arguments.toArray(String[]::new));
        return new Said(exit, said.toString());
    }
}
