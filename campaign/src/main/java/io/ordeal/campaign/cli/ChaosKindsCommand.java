package io.ordeal.campaign.cli;

import io.ordeal.campaign.read.Words;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.fault.FaultParameter;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ordeal chaos kinds`: what faults there are.
@Command(
        name = "kinds",
        description = "Shows the kinds of faults, or the parameters of one.",
        mixinStandardHelpOptions = true)
final class ChaosKindsCommand implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "KIND", description = "Shows its parameters with units and defaults.")
    @Nullable
    private String kind;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not a command");
        }
        var out = spec.commandLine().getOut();
        if (kind == null) {
            out.printf(Locale.ROOT, "%-13s %-29s %s%n", "kind", "facets of a target", "parameters (* needed)");
            for (var each : FaultKind.values()) {
                out.printf(Locale.ROOT, "%-13s %-29s %s%n", each.published(), facets(each), parameters(each));
            }
        } else {
            show(out, named(spec, kind));
        }
        return 0;
    }

    /// Returns the kind called `name`.
    ///
    /// @throws ParameterException when there is none
    static FaultKind named(CommandSpec spec, String name) {
        return FaultKind.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no kind of fault `" + name + "`"
                                + Words.nearest(name, names())
                                        .map(word -> "; did you mean `" + word + "`?")
                                        .orElse("; `ordeal chaos kinds` shows them")));
    }

    static List<String> names() {
        return Arrays.stream(FaultKind.values()).map(FaultKind::published).toList();
    }

    private static void show(PrintWriter out, FaultKind kind) {
        out.println(kind.published() + " on a target with a facet of: " + facets(kind));
        for (var parameter : kind.parameters()) {
            out.printf(
                    Locale.ROOT,
                    "  %-12s %s; %s%n",
                    parameter.name(),
                    parameter.form().expected(),
                    parameter.mandatory()
                            ? "needed"
                            : parameter.usual().map(usual -> "default " + usual).orElse("default: by the policy"));
        }
        out.printf(
                Locale.ROOT,
                "  %-12s %s%n",
                "--fraction",
                kind.partial() ? "possible, by way of proxy or group" : "no");
        out.println("for instance: ordeal chaos inject " + kind.published()
                + kind.parameters().stream()
                        .filter(FaultParameter::mandatory)
                        .map(parameter ->
                                " " + parameter.name() + "=" + parameter.form().example())
                        .collect(Collectors.joining())
                + " --on TARGET --for 30s");
    }

    private static String facets(FaultKind kind) {
        return kind.facets().stream().map(Facet::published).collect(Collectors.joining(" "));
    }

    private static String parameters(FaultKind kind) {
        return kind.parameters().stream()
                .map(parameter -> parameter.name() + (parameter.mandatory() ? "*" : ""))
                .filter(name -> !name.equals("via"))
                .collect(Collectors.joining(" "));
    }
}
