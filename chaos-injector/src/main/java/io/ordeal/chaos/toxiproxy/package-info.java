/// The Toxiproxy HTTP API: a server of our own, and a client that drives anybody's.
@NullMarked
package io.ordeal.chaos.toxiproxy;

import org.jspecify.annotations.NullMarked;
