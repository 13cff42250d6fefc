@NullMarked
package io.ordeal.chaos.network;

import org.jspecify.annotations.NullMarked;
