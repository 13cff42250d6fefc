/// Two runs side by side, and many in a row: what changed, by how much, and how sure that is.
@NullMarked
package io.ordeal.campaign.compare;

import org.jspecify.annotations.NullMarked;
