/// Which segments are ours, and what they are told to do.
@NullMarked
package io.ordeal.generator.control;

import org.jspecify.annotations.NullMarked;
