/// The chaos injector: faults with an end, obeyed from the control topic.
@NullMarked
package io.ordeal.chaos;

import org.jspecify.annotations.NullMarked;
