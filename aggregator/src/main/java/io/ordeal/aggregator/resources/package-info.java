/// What samples of resource use say of a run: levels, growth, trips, drains and saturation.
@NullMarked
package io.ordeal.aggregator.resources;

import org.jspecify.annotations.NullMarked;
