/// How many requests came and what was answered, exactly and for good.
@NullMarked
package io.ordeal.sample.counts;

import org.jspecify.annotations.NullMarked;
