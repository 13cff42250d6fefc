/// The aggregator: evidence in, verdicts out, exactly once.
@NullMarked
package io.ordeal.aggregator;

import org.jspecify.annotations.NullMarked;
