/// What a person sees in a terminal: pure functions from what is known to lines, and the one writer that draws them.
@NullMarked
package io.ordeal.campaign.screen;

import org.jspecify.annotations.NullMarked;
