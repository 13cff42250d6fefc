/// The generator: drives the load of the segments that it owns, and says what came of every request.
@NullMarked
package io.ordeal.generator;

import org.jspecify.annotations.NullMarked;
