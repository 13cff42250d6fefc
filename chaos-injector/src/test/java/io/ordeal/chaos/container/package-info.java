@NullMarked
package io.ordeal.chaos.container;

import org.jspecify.annotations.NullMarked;
