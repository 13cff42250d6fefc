/// What is measured: JMH for single parts, whole processes for the rest.
@NullMarked
package io.ordeal.benchmarks;

import org.jspecify.annotations.NullMarked;
