@NullMarked
package io.ordeal.chaos.posix;

import org.jspecify.annotations.NullMarked;
