/// Keeps account of a run under way: records of the topics in, its progress out.
@NullMarked
package io.ordeal.campaign.progress;

import org.jspecify.annotations.NullMarked;
