/// What takes a fault back without the injector.
@NullMarked
package io.ordeal.chaos.undo;

import org.jspecify.annotations.NullMarked;
