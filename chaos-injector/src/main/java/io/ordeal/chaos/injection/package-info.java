/// A fault in the world: an act that is seen to work and an undo that is seen to work.
@NullMarked
package io.ordeal.chaos.injection;

import org.jspecify.annotations.NullMarked;
