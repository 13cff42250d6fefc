/// The process: its settings, its start and its end.
@NullMarked
package io.ordeal.sample;

import org.jspecify.annotations.NullMarked;
