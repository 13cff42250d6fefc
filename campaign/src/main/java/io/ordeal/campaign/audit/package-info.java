/// The second opinion on a run: its records as the topics still have them, and what came of holding them against what
/// was told.
@NullMarked
package io.ordeal.campaign.audit;

import org.jspecify.annotations.NullMarked;
