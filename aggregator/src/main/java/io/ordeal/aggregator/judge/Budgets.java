package io.ordeal.aggregator.judge;

import io.ordeal.schemas.results.BudgetShare;
import io.ordeal.schemas.results.BudgetVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The budgets of a run, and what was spent of them.
final class Budgets {
    private final Plan plan;
    private final Facts facts;
    private final List<Row> rows;
    private final List<Account> accounts = new ArrayList<>();

    /// @param name of the objective
    /// @param place of the budget in [Row#burns]
    private record Account(String name, int place, Budget budget, Budget.Burn whole) {}

    /// @param trials the evidence for each objective of the plan
    Budgets(Plan plan, Facts facts, List<Row> rows, List<RunRecord.Trial> trials) {
        this.plan = plan;
        this.facts = facts;
        this.rows = rows;
        for (int i = 0; i < plan.aims().size(); i++) {
            var aim = plan.aims().get(i);
            var evidence = trials.get(i).evidence();
            aim.budget()
                    .ifPresent(budget -> accounts.add(
                            new Account(aim.spec().name(), accounts.size(), budget, budget.burn(evidence))));
        }
    }

    /// Returns how the budget of an objective stands, or empty where it has none.
    Optional<BudgetVerdict> verdict(String objective) {
        return accounts.stream()
                .filter(account -> account.name.equals(objective))
                .findFirst()
                .map(account -> {
                    var budget = account.budget;
                    var whole = account.whole;
                    var spots = rows.stream()
                            .filter(row -> counts(row, account))
                            .map(row -> new BurnRates.Spot(
                                    row.start(), row.end(), row.burns().get(account.place)))
                            .toList();
                    return new BudgetVerdict(
                            budget.allowed(),
                            whole.total(),
                            whole.bad(),
                            budget.spent(whole.bad(), whole.total()),
                            new BurnRates(budget, plan.window(), spots).alerts(plan.planned(budget.objective())));
                });
    }

    /// Returns how much of each budget went in `windows`.
    List<BudgetShare> shares(List<Row> windows) {
        return accounts.stream()
                .map(account -> new BudgetShare(
                        account.name,
                        account.budget.spent(
                                windows.stream()
                                        .filter(row -> counts(row, account))
                                        .mapToLong(row ->
                                                row.burns().get(account.place).bad())
                                        .sum(),
                                account.whole.total())))
                .toList();
    }

    private boolean counts(Row row, Account account) {
        var interval = account.budget.objective().scope().interval();
        return row.burns().get(account.place).total() > 0
                && Plan.covers(interval, facts, row.start(), row.from(), row.end());
    }
}
