package io.ordeal.campaign.compare;

import java.util.Locale;

/// What came of comparing something with what it was.
public enum Change {
    /// It is better, surely and by more than the margin.
    BETTER,
    /// It is not surely different, or not by more than the margin.
    SAME,
    /// It is worse, surely and by more than the margin.
    WORSE,
    /// There is too little to tell.
    UNCLEAR;

    /// Returns the word for people.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
