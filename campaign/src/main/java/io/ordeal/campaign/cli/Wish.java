package io.ordeal.campaign.cli;

import io.ordeal.campaign.catalogue.Catalogue;
import io.ordeal.campaign.document.FaultFile;
import io.ordeal.campaign.read.FaultFileReader;
import io.ordeal.campaign.read.ProblemText;
import io.ordeal.campaign.read.Words;
import io.ordeal.campaign.screen.Ink;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is asked for by hand: a kind with its parameters, a ready fault by its id, or one in a file.
///
/// @param name how faults are called after it
/// @param expect what a good service does; empty where nothing is said
/// @param parts in order of time
record Wish(String name, String expect, List<FaultFile.Part> parts) {
    /// A wish that cannot be understood; the message is for the person who has it.
    static final class Unclear extends Exception {
        Unclear(String message) {
            super(message);
        }
    }

    /// Reads a wish.
    ///
    /// @param what a kind, an id or a path that ends with `.yaml`
    /// @param parameters by name; of a ready fault, those that are to be different
    /// @param duration mandatory with a kind
    /// @param fraction where it is given
    static Wish read(
            String what, Map<String, String> parameters, Optional<Duration> duration, Optional<Double> fraction)
            throws Unclear {
        var kind = FaultKind.named(what);
        if (kind.isPresent()) {
            var length = duration.orElseThrow(() -> new Unclear("say how long: --for 10s"));
            var part = new FaultFile.Part(
                    kind.get(),
                    Optional.empty(),
                    new TreeMap<>(parameters),
                    Duration.ZERO,
                    length,
                    fraction.orElse(1.0),
                    Duration.ZERO);
            return new Wish("F", "", List.of(part));
        }
        var file = file(what);
        return new Wish(file.id(), file.expect(), changed(file, parameters, duration, fraction));
    }

    private static FaultFile file(String what) throws Unclear {
        var text = what.endsWith(".yaml") ? fromDisk(what) : shipped(what);
        return switch (FaultFileReader.read(text.label(), text.text())) {
            case FaultFileReader.Result.Good(var fault) -> fault;
            case FaultFileReader.Result.Bad(var problems) ->
                throw new Unclear(String.join("\n", ProblemText.lines(problems, text.label(), Ink.NONE)));
        };
    }

    private record Text(String label, String text) {}

    private static Text fromDisk(String path) throws Unclear {
        try {
            return new Text(path, Files.readString(Path.of(path)));
        } catch (IOException e) {
            throw new Unclear(path + " cannot be read: " + e.getMessage());
        }
    }

    private static Text shipped(String id) throws Unclear {
        var entry = Catalogue.fault(id);
        if (entry.isPresent()) {
            return new Text(entry.get().label(), entry.get().text());
        }
        var known = Stream.concat(
                        Catalogue.faults().stream().map(Catalogue.Entry::id), ChaosKindsCommand.names().stream())
                .toList();
        throw new Unclear("there is no kind of fault and no ready fault `" + id + "`"
                + Words.nearest(id, known)
                        .map(word -> "; did you mean `" + word + "`?")
                        .orElse("; `ordeal chaos kinds` and `ordeal chaos list` show them"));
    }

    private static List<FaultFile.Part> changed(
            FaultFile file, Map<String, String> parameters, Optional<Duration> duration, Optional<Double> fraction)
            throws Unclear {
        for (var name : parameters.keySet()) {
            if (file.parts().stream().noneMatch(part -> has(part, name))) {
                throw new Unclear("nothing in " + file.id() + " has a parameter `" + name + "`");
            }
        }
        var parts = new ArrayList<FaultFile.Part>();
        for (var part : file.parts()) {
            var one = duration.map(part::lasting).orElse(part);
            for (var parameter : new HashMap<>(parameters).entrySet()) {
                one = has(part, parameter.getKey()) ? one.with(parameter.getKey(), parameter.getValue()) : one;
            }
            parts.add(fraction.map(one::affecting).orElse(one));
        }
        return parts;
    }

    private static boolean has(FaultFile.Part part, String name) {
        return part.kind().parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(name));
    }
}
