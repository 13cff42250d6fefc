package io.ordeal.campaign.report;

/// The tags of the histograms in `histograms.hlog`: `phase/scenario/request`.
public final class HistogramTag {
    private HistogramTag() {}

    /// Returns `text` as it stands in a tag: the format ends one at a comma or a blank.
    public static String clean(String text) {
        return text.replaceAll("[,\\s]+", "_");
    }

    static String of(String phase, String scenario, String request) {
        return clean(phase + "/" + scenario + "/" + request);
    }
}
