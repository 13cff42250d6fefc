/// When the load is due: pure arithmetic from the plan, an index and a seed.
@NullMarked
package io.ordeal.generator.schedule;

import org.jspecify.annotations.NullMarked;
