/// Timing events on their way to the broker.
@NullMarked
package io.ordeal.generator.publish;

import org.jspecify.annotations.NullMarked;
