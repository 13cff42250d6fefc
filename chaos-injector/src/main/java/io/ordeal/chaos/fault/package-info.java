/// Faults as values: what a command asks, whether it may be done, and how a fault lives. Pure.
@NullMarked
package io.ordeal.chaos.fault;

import org.jspecify.annotations.NullMarked;
