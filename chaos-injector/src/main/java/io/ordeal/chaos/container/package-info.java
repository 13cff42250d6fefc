/// Faults on containers, made by the Docker engine that runs them.
@NullMarked
package io.ordeal.chaos.container;

import org.jspecify.annotations.NullMarked;
