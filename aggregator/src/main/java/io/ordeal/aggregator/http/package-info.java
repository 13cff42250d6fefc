/// Queries over HTTP, events as they happen, and the live page: a thin shell around [io.ordeal.aggregator.query].
@NullMarked
package io.ordeal.aggregator.http;

import org.jspecify.annotations.NullMarked;
