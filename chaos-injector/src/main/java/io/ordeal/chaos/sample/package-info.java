/// What the host and the targets' processes use, once a second.
@NullMarked
package io.ordeal.chaos.sample;

import org.jspecify.annotations.NullMarked;
