package io.ordeal.campaign.read;

import java.io.IOException;

/// Where a campaign's data files are.
@FunctionalInterface
public interface DataFiles {
    /// Reads a file as UTF-8 text.
    ///
    /// @param path as the document writes it
    /// @throws IOException when it cannot be read; the message says why
    String text(String path) throws IOException;

    /// For documents that have no files beside them.
    static DataFiles none() {
        return _ -> {
            throw new IOException("this campaign has no files beside it; write the data under `rows`");
        };
    }
}
