/// The memory of GPUs, by way of the CUDA driver, in helpers that end with us.
@NullMarked
package io.ordeal.chaos.gpu;

import org.jspecify.annotations.NullMarked;
