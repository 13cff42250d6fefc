/// The targets of an injector as they live.
@NullMarked
package io.ordeal.chaos.targets;

import org.jspecify.annotations.NullMarked;
