/// What the service remembers: items, meetings, payments and documents, each with a bound, so that memory stays flat
/// for hours.
@NullMarked
package io.ordeal.sample.store;

import org.jspecify.annotations.NullMarked;
