/// The TCP proxy: a lean pipe that delays, throttles, stalls and resets when told to.
@NullMarked
package io.ordeal.chaos.proxy;

import org.jspecify.annotations.NullMarked;
