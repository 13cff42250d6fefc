package io.ordeal.aggregator.audit;

/// One place in which what was told is not what was worked out again.
///
/// @param subject the window or verdict, in words
/// @param field the path of the field, for instance `response.p95`; empty: the whole thing
/// @param told as text; empty where it was not told
/// @param recomputed as text; empty where it should not have been told
public record Difference(String subject, String field, String told, String recomputed) {
    /// Returns it in one line.
    public String text() {
        var place = field.isEmpty() ? subject : subject + ": " + field;
        if (told.isEmpty() && field.isEmpty()) {
            return place + ": is missing";
        }
        if (recomputed.isEmpty() && field.isEmpty()) {
            return place + ": should not be there";
        }
        return place + ": told " + told + ", recomputed " + recomputed;
    }
}
