/// Processes: supervised, or found by a pid file; killed, paused and brought back.
@NullMarked
package io.ordeal.chaos.process;

import org.jspecify.annotations.NullMarked;
