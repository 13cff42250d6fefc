/// The small HTTP server of a service: probes and metrics.
@NullMarked
package io.ordeal.runtime.http;

import org.jspecify.annotations.NullMarked;
