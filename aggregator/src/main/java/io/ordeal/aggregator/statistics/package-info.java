/// Trends, differences and changes in series of measurements, with what is certain about them. Pure.
@NullMarked
package io.ordeal.aggregator.statistics;

import org.jspecify.annotations.NullMarked;
