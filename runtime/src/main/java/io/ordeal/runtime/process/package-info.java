/// Children that end with their parent.
@NullMarked
package io.ordeal.runtime.process;

import org.jspecify.annotations.NullMarked;
