/// Turns a campaign into its plan: what happens when, what is judged, and what each segment of the load is.
@NullMarked
package io.ordeal.campaign.plan;

import org.jspecify.annotations.NullMarked;
