/// How the service behaves, as one document that can be given at start and changed while it runs. Pure: no sockets,
/// files, threads or clock.
@NullMarked
package io.ordeal.sample.behaviour;

import org.jspecify.annotations.NullMarked;
