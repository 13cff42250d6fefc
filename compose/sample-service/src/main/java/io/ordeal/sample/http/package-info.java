/// The service on the wire: one event loop owns all state, so nothing here is locked.
@NullMarked
package io.ordeal.sample.http;

import org.jspecify.annotations.NullMarked;
