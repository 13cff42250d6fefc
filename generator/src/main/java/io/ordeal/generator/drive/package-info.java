/// The users of one segment on an event loop: they send, wait and think.
@NullMarked
package io.ordeal.generator.drive;

import org.jspecify.annotations.NullMarked;
