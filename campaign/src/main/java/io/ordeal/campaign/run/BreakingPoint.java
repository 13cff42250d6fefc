package io.ordeal.campaign.run;

import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.load.LoadModel;
import java.time.Instant;
import java.util.Optional;

/// Where a load that went up in steps met the condition that it was to stop at.
///
/// @param phase that took the steps
/// @param condition as the campaign has it
/// @param model STEPPED_USERS or STEPPED_RATE
/// @param level at which the condition held: users, or iterations per second
/// @param lastGood the level before, at which it had not; empty when it held from the first level on
/// @param at the end of the window in which it held
public record BreakingPoint(
        String phase, String condition, LoadModel model, double level, Optional<Double> lastGood, Instant at) {
    /// Returns it in words.
    public String text() {
        return "`" + condition + "` at " + words(level) + " in phase `" + phase + "`; "
                + lastGood.map(good -> "the last level that held is " + words(good))
                        .orElse("no level held");
    }

    private String words(double number) {
        return model == LoadModel.STEPPED_USERS ? Figures.count(Math.round(number)) + " users" : Figures.rate(number);
    }
}
