/// Known answers of the judge.
@NullMarked
package io.ordeal.aggregator.judge;

import org.jspecify.annotations.NullMarked;
