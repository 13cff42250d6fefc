/// The controller: one thread that owns all faults and performs what their lives decide.
@NullMarked
package io.ordeal.chaos.control;

import org.jspecify.annotations.NullMarked;
