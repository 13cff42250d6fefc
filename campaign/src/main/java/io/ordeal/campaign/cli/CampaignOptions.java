package io.ordeal.campaign.cli;

import io.ordeal.campaign.catalogue.Catalogue;
import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import io.ordeal.campaign.read.CampaignReader;
import io.ordeal.campaign.read.DataFiles;
import io.ordeal.campaign.read.DocumentProblem;
import io.ordeal.campaign.read.ProblemText;
import io.ordeal.campaign.read.Reading;
import io.ordeal.campaign.screen.Ink;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Which campaign, and what is changed about it.
final class CampaignOptions {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    private CommandSpec command;

    @Parameters(paramLabel = "CAMPAIGN", description = "A document, or the id of one of the catalogue (`ordeal list`).")
    private String campaign = "";

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Changes one value of the document, for instance phases.steady.rate=800/s. May be repeated.")
    private List<String> overrides = List.of();

    @Option(
            names = "--time-scale",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Multiplies the length of phases and faults (default: ${DEFAULT-VALUE}).")
    private double timeScale;

    /// What came of reading and planning the campaign.
    sealed interface Loaded {}

    /// A plan that can be run.
    ///
    /// @param text the document as it was read
    record Ready(Plan plan, String text) implements Loaded {}

    /// Every problem, as lines for a person.
    record Refused(List<String> lines) implements Loaded {
        Refused {
            lines = List.copyOf(lines);
        }
    }

    /// Reads and plans the campaign.
    ///
    /// @throws ParameterException when there is none of that name
    Loaded load(Ink ink) {
        if (!(timeScale > 0 && timeScale <= 100)) {
            throw wrong("--time-scale is above 0 and at most 100, not " + timeScale);
        }
        var document = document();
        return switch (CampaignReader.read(document.label(), document.text(), overrides, document.files())) {
            case Reading.Refused(var problems) -> refused(problems, document, ink);
            case Reading.Accepted(var accepted, var places) ->
                switch (Planner.plan(accepted, timeScale)) {
                    case Planning.Planned(var plan) -> new Ready(plan, document.text());
                    case Planning.Conflicting(var conflicts) -> refused(places.problems(conflicts), document, ink);
                };
        };
    }

    private record Document(String label, String text, DataFiles files) {}

    private static Refused refused(List<DocumentProblem> problems, Document document, Ink ink) {
        return new Refused(ProblemText.lines(problems, document.label(), ink));
    }

    private Document document() {
        var shipped = Catalogue.entry(campaign);
        var path = Path.of(campaign);
        if (shipped.isPresent() && !Files.isRegularFile(path)) {
            return new Document(shipped.get().label(), shipped.get().text(), DataFiles.none());
        }
        try {
            return new Document(campaign, Files.readString(path), file -> beside(path, file));
        } catch (MalformedInputException _) {
            throw wrong(campaign + " is not UTF-8 text");
        } catch (IOException _) {
            var known = Catalogue.entries().stream().map(Catalogue.Entry::id).collect(Collectors.joining(", "));
            throw wrong("there is no readable file `" + campaign + "`, and no campaign of that name in the catalogue: "
                    + known);
        }
    }

    private static String beside(Path document, String file) throws IOException {
        try {
            return Files.readString(document.resolveSibling(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file beside the campaign", e);
        } catch (MalformedInputException e) {
            throw new IOException("it is not UTF-8 text", e);
        } catch (InvalidPathException e) {
            throw new IOException("it is no path", e);
        }
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(command.commandLine(), message);
    }
}
