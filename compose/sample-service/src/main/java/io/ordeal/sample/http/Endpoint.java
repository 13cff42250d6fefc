package io.ordeal.sample.http;

/// The work of one operation. It ends the exchange, now or later, on the event loop that called it.
@FunctionalInterface
interface Endpoint {
    void serve(Exchange exchange);
}
