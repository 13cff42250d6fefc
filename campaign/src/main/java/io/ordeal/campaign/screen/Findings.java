package io.ordeal.campaign.screen;

import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// The verdict on a run in sentences, the worst first. The same words stand in the terminal and in the report.
public final class Findings {
    private static final int MOST_SENTENCES = 3;
    /// Failed, then inconclusive, then warned of, then passed; within each as the campaign has them.
    private static final Comparator<Verdict> WORST_FIRST = Comparator.comparingInt(Findings::rank);

    private Findings() {}

    private static int rank(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> 0;
            case INCONCLUSIVE -> 1;
            case WARN -> 2;
            case PASS -> 3;
        };
    }

    /// Returns the objectives, the worst first.
    public static List<ObjectiveVerdict> objectives(RunVerdict verdict) {
        return verdict.objectives().stream()
                .sorted(Comparator.comparing(ObjectiveVerdict::verdict, WORST_FIRST))
                .toList();
    }

    /// Returns how many objectives held: `3 of 5 objectives held, 1 failed, 1 is inconclusive`.
    public static String count(RunVerdict verdict) {
        long failed = count(verdict, Verdict.FAIL);
        long unclear = count(verdict, Verdict.INCONCLUSIVE);
        long warned = count(verdict, Verdict.WARN);
        int all = verdict.objectives().size();
        var words = new StringBuilder();
        words.append(all - failed - unclear - warned)
                .append(" of ")
                .append(all)
                .append(all == 1 ? " objective held" : " objectives held");
        if (failed > 0) {
            words.append(", ").append(failed).append(" failed");
        }
        if (unclear > 0) {
            words.append(", ").append(unclear).append(unclear == 1 ? " is inconclusive" : " are inconclusive");
        }
        if (warned > 0) {
            words.append(", ").append(warned).append(warned == 1 ? " warns" : " warn");
        }
        return words.toString();
    }

    private static long count(RunVerdict run, Verdict verdict) {
        return run.objectives().stream()
                .filter(objective -> objective.verdict() == verdict)
                .count();
    }

    /// Returns what decided, in at most three sentences.
    public static List<String> sentences(RunVerdict verdict) {
        var sentences = new ArrayList<String>();
        verdict.objectives().stream()
                .filter(objective -> objective.verdict() == Verdict.FAIL)
                .map(Findings::failed)
                .forEach(sentences::add);
        sentences.addAll(inconclusive(verdict));
        if (sentences.isEmpty() && verdict.verdict() == Verdict.PASS) {
            sentences.add(
                    count(verdict, Verdict.WARN) == 0
                            ? "Every objective held."
                            : "Every objective that decides the run held.");
        }
        verdict.objectives().stream()
                .filter(objective -> objective.verdict() == Verdict.WARN)
                .map(Findings::warned)
                .forEach(sentences::add);
        verdict.faults().stream()
                .filter(fault -> !fault.confirmed())
                .forEach(fault -> sentences.add(unconfirmed(fault)));
        if (!verdict.ledger().closed()) {
            sentences.add(
                    "The ledger is open: " + Figures.count(verdict.ledger().completed()) + " requests completed, "
                            + Figures.count(verdict.ledger().aggregated()) + " were counted.");
        }
        if (sentences.isEmpty()) {
            verdict.reasons().forEach(sentence -> sentences.add(capital(sentence) + "."));
        }
        verdict.faults().stream()
                .filter(FaultVerdict::confirmed)
                .filter(fault -> fault.timeToBreach().isPresent())
                .map(Findings::recovered)
                .forEach(sentences::add);
        return sentences.size() <= MOST_SENTENCES ? sentences : List.copyOf(sentences.subList(0, MOST_SENTENCES));
    }

    private static String failed(ObjectiveVerdict objective) {
        var unit = Figures.unit(objective.unit());
        return objective
                .observed()
                .map(value -> "`" + objective.name() + "` was " + Figures.observed(value, objective.limit(), unit)
                        + ", limit " + Figures.value(objective.limit(), unit) + " (" + objective.scope() + ").")
                .orElseGet(() -> "`" + objective.name() + "` failed: " + reason(objective.reason()) + ".");
    }

    private static String warned(ObjectiveVerdict objective) {
        return "`" + objective.name() + "` warns: "
                + (objective.reason().isBlank() ? "it does not hold" : reason(objective.reason())) + ".";
    }

    /// One sentence for each reason, however many objectives share it.
    private static List<String> inconclusive(RunVerdict verdict) {
        var byReason = new LinkedHashMap<String, List<String>>();
        verdict.objectives().stream()
                .filter(objective -> objective.verdict() == Verdict.INCONCLUSIVE)
                .forEach(objective -> byReason.computeIfAbsent(reason(objective.reason()), _ -> new ArrayList<>())
                        .add(objective.name()));
        return byReason.entrySet().stream()
                .map(entry -> entry.getValue().size() == 1
                        ? "`" + entry.getValue().getFirst() + "` is inconclusive: " + entry.getKey() + "."
                        : capital(number(entry.getValue().size())) + " objectives are inconclusive: " + entry.getKey()
                                + ".")
                .toList();
    }

    private static String number(int count) {
        return switch (count) {
            case 2 -> "two";
            case 3 -> "three";
            case 4 -> "four";
            default -> String.valueOf(count);
        };
    }

    private static String unconfirmed(FaultVerdict fault) {
        return "Fault " + fault.fault() + " (" + fault.kind() + " of " + fault.target() + ") was not confirmed: "
                + reason(fault.reason()) + ".";
    }

    private static String recovered(FaultVerdict fault) {
        return "After " + fault.fault() + " (" + fault.kind() + " of " + fault.target() + ") "
                + fault.timeToRecover()
                        .map(time -> "it took " + Figures.span(time) + " to hold again.")
                        .orElse("it did not hold again while the run lasted.");
    }

    private static String reason(String reason) {
        return reason.isBlank() ? "no reason is given" : reason.strip().replaceFirst("\\.$", "");
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? text
                : Character.toUpperCase(text.charAt(0)) + text.substring(1).replaceFirst("\\.$", "");
    }
}
