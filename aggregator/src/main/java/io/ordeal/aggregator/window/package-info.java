/// Counting and closing: from timings to windows of a segment, from those to windows of a run. Pure, with state that
/// can
/// be written down part by part.
@NullMarked
package io.ordeal.aggregator.window;

import org.jspecify.annotations.NullMarked;
