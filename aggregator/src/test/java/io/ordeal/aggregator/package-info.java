/// Tests of the aggregator.
@NullMarked
package io.ordeal.aggregator;

import org.jspecify.annotations.NullMarked;
