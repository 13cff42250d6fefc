/// What is known of runs, as queries and the live page ask for it: a bounded picture of the topics, kept by a pure
/// core.
@NullMarked
package io.ordeal.aggregator.query;

import org.jspecify.annotations.NullMarked;
