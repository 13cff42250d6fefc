package io.ordeal.campaign.cli;

import io.ordeal.campaign.catalogue.Catalogue;
import io.ordeal.campaign.document.FaultFile;
import io.ordeal.campaign.read.FaultFileReader;
import io.ordeal.schemas.fault.Facet;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ordeal chaos list`: the ready faults.
@Command(
        name = "list",
        description = "Lists the ready faults that ship with Ordeal; `ordeal chaos inject ID --on TARGET` injects one.",
        mixinStandardHelpOptions = true)
final class ChaosListCommand implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        var out = spec.commandLine().getOut();
        out.println("each on a target with one of these facets:");
        for (var entry : Catalogue.faults()) {
            if (FaultFileReader.read(entry.label(), entry.text()) instanceof FaultFileReader.Result.Good(var fault)) {
                out.printf(Locale.ROOT, "%-27s %s%n", entry.id(), fault.name());
                out.printf(Locale.ROOT, "%-27s %s%n", "", needs(fault));
            } else {
                out.printf(Locale.ROOT, "%-27s (not valid)%n", entry.id());
            }
        }
        return 0;
    }

    private static String needs(FaultFile fault) {
        return fault.parts().stream()
                .map(part -> part.kind().published() + " ("
                        + part.kind().facets().stream().map(Facet::published).collect(Collectors.joining(", ")) + ")")
                .distinct()
                .collect(Collectors.joining(" + "));
    }
}
