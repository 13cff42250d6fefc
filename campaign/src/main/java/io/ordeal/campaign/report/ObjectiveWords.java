package io.ordeal.campaign.report;

import io.ordeal.campaign.screen.Figures;
import io.ordeal.campaign.screen.Insights;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is to be said of an objective or a fault beyond its numbers, in sentences.
final class ObjectiveWords {
    private ObjectiveWords() {}

    /// Returns the confidence interval of what was observed.
    static Optional<String> interval(ObjectiveVerdict objective) {
        var unit = Figures.unit(objective.unit());
        return objective
                .low()
                .flatMap(low -> objective
                        .high()
                        .map(high -> Figures.observed(low, objective.limit(), unit) + " to "
                                + Figures.observed(high, objective.limit(), unit)));
    }

    /// Returns the reason, the budget and the worst windows.
    static List<String> more(ObjectiveVerdict objective, Instant start) {
        var sentences = new ArrayList<String>();
        if (!objective.reason().isBlank() && objective.verdict() != Verdict.PASS) {
            sentences.add(sentence(objective.reason()));
        }
        objective.budget().ifPresent(budget -> {
            sentences.add("Budget: " + Figures.ratio(budget.spent()) + " spent, " + Figures.count(budget.bad())
                    + " bad of " + Figures.count(budget.total()) + ", " + Figures.ratio(budget.allowed())
                    + " allowed.");
            budget.alerts().forEach(alert -> sentences.add("Burned too fast: " + Insights.alert(alert, start) + "."));
        });
        if (!objective.worst().isEmpty()) {
            var unit = Figures.unit(objective.unit());
            sentences.add("Worst windows: "
                    + objective.worst().stream()
                            .map(window -> Figures.clock(Duration.between(start, window.start())) + " "
                                    + Figures.observed(window.observed(), objective.limit(), unit))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return sentences;
    }

    /// Returns the reason, what was out first, and what it took of budgets.
    static List<String> more(FaultVerdict fault) {
        var sentences = new ArrayList<String>();
        if (!fault.reason().isBlank() && (fault.verdict() != Verdict.PASS || !fault.confirmed())) {
            sentences.add(sentence(fault.reason()));
        }
        if (!fault.breached().isEmpty()) {
            sentences.add("Out first: " + String.join(", ", fault.breached()) + ".");
        }
        fault.timeToTrip()
                .ifPresent(time -> sentences.add("A circuit breaker was open after " + Figures.span(time) + "."));
        fault.queueDrain()
                .ifPresent(time -> sentences.add("Queues were drained " + Figures.span(time) + " after its end."));
        if (!fault.budgets().isEmpty()) {
            sentences.add("It took "
                    + fault.budgets().stream()
                            .map(share -> Figures.ratio(share.spent()) + " of the budget of " + share.objective())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return sentences;
    }

    private static String sentence(String reason) {
        var text = reason.strip();
        return text.endsWith(".") ? text : text + ".";
    }
}
