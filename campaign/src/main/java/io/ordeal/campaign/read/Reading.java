package io.ordeal.campaign.read;

import io.ordeal.campaign.document.Campaign;
import java.util.List;

/// What came of reading a document.
public sealed interface Reading {
    /// A campaign without a problem.
    ///
    /// @param places where each of its values stands, for what is found out later
    record Accepted(Campaign campaign, Places places) implements Reading {}

    /// Every problem of the document, in its order.
    record Refused(List<DocumentProblem> problems) implements Reading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
