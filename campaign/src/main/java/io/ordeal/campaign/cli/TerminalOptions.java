package io.ordeal.campaign.cli;

import io.ordeal.campaign.screen.Glyphs;
import io.ordeal.campaign.screen.Ink;
import io.ordeal.campaign.screen.Terminal;
import java.io.Console;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How output looks.
final class TerminalOptions {
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "always, never or auto (default; NO_COLOR and FORCE_COLOR are honoured).")
    private Terminal.Colour colour = Terminal.Colour.AUTO;

    /// Returns what the terminal can show.
    Terminal terminal() {
        return Terminal.decide(
                System.getenv(),
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent(),
                charset(),
                colour);
    }

    /// Returns its colours.
    Ink ink() {
        return terminal().ink();
    }

    /// Returns the signs that it can show.
    Glyphs glyphs() {
        return terminal().glyphs();
    }

    /// Returns the encoding of standard output.
    Charset charset() {
        return Charset.forName(System.getProperty("stdout.encoding", "UTF-8").toLowerCase(Locale.ROOT));
    }
}
