package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.store.Payments;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/// Payments: made once per idempotency key, read, refunded once.
final class PaymentEndpoints {

    private static final int BOUND = 100_000;

    private final Payments payments = new Payments(BOUND);

    void addTo(Map<Operation, Endpoint> endpoints) {
        endpoints.put(Operation.PAYMENTS_CREATE, this::create);
        endpoints.put(Operation.PAYMENTS_GET, this::get);
        endpoints.put(Operation.PAYMENTS_REFUND, this::refund);
    }

    private void create(Exchange exchange) {
        exchange.json().ifPresent(json -> {
            boolean whole = json.getValue("amount") instanceof Integer || json.getValue("amount") instanceof Long;
            long amount = whole ? json.getLong("amount") : 0;
            if (amount <= 0) {
                exchange.error(400, "amount: give a whole number above 0, in the currency's smallest unit");
            } else if (!(json.getValue("currency") instanceof String currency) || !currency.matches("[A-Z]{3}")) {
                exchange.error(400, "currency: give three capital letters");
            } else {
                String key = exchange.request().getHeader("Idempotency-Key");
                pay(exchange, new Payments.Order(amount, currency), key == null ? "" : key);
            }
        });
    }

    private void pay(Exchange exchange, Payments.Order order, String key) {
        switch (payments.pay(order, key)) {
            case Payments.Created(Payments.Payment payment) -> exchange.answer(201, view(payment));
            case Payments.Repeated(Payments.Payment payment) -> {
                exchange.header("Idempotent-Replay", "true");
                exchange.answer(200, view(payment));
            }
            case Payments.KeyReused() -> exchange.error(422, "this idempotency key belongs to another payment");
        }
    }

    private void get(Exchange exchange) {
        payments.find(exchange.id())
                .ifPresentOrElse(payment -> exchange.answer(200, view(payment)), () -> notFound(exchange));
    }

    private void refund(Exchange exchange) {
        switch (payments.refund(exchange.id())) {
            case Payments.Refunded(Payments.Payment payment) -> exchange.answer(200, view(payment));
            case Payments.AlreadyRefunded() -> exchange.error(409, "payment " + exchange.id() + " is refunded already");
            case Payments.NotFound() -> notFound(exchange);
        }
    }

    private static void notFound(Exchange exchange) {
        exchange.error(404, "no payment " + exchange.id());
    }

    private static JsonObject view(Payments.Payment payment) {
        return new JsonObject()
                .put("id", payment.id())
                .put("amount", payment.order().amount())
                .put("currency", payment.order().currency())
                .put("status", payment.refunded() ? "refunded" : "paid");
    }
}
