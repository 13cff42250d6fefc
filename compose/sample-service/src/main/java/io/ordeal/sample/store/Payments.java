package io.ordeal.sample.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The payments, of which the oldest are forgotten beyond a bound. A payment made with an idempotency key is made
/// once,
/// however often it is sent.
public final class Payments {

    /// What is to be paid.
    ///
    /// @param amount in the smallest unit of the currency, above 0
    /// @param currency its three letters
    public record Order(long amount, String currency) {}

    /// A payment.
    public record Payment(String id, Order order, boolean refunded) {}

    /// What became of a wish to pay.
    public sealed interface Made {}

    /// The payment was made now.
    public record Created(Payment payment) implements Made {}

    /// The same payment was made before with this key.
    public record Repeated(Payment payment) implements Made {}

    /// Another payment was made before with this key.
    public record KeyReused() implements Made {}

    /// What became of a wish to refund.
    public sealed interface Refund {}

    /// The money went back now.
    public record Refunded(Payment payment) implements Refund {}

    /// It had gone back before.
    public record AlreadyRefunded() implements Refund {}

    /// There is no such payment.
    public record NotFound() implements Refund {}

    private final LinkedHashMap<String, Payment> payments = new LinkedHashMap<>();
    private final Map<String, String> idByKey = new HashMap<>();
    private final Map<String, String> keyById = new HashMap<>();
    private final int bound;
    private long created;

    /// @param bound how many payments are remembered
    public Payments(int bound) {
        this.bound = bound;
    }

    /// Makes a payment, once per key; an empty key is none.
    public Made pay(Order order, String key) {
        Optional<Payment> before = Optional.ofNullable(idByKey.get(key)).flatMap(this::find);
        if (before.isPresent()) {
            Payment payment = before.get();
            return payment.order.equals(order) ? new Repeated(payment) : new KeyReused();
        }
        Payment payment = new Payment("p" + ++created, order, false);
        payments.put(payment.id, payment);
        if (!key.isEmpty()) {
            idByKey.put(key, payment.id);
            keyById.put(payment.id, key);
        }
        forgetOldest();
        return new Created(payment);
    }

    /// The payment with this id.
    public Optional<Payment> find(String id) {
        return Optional.ofNullable(payments.get(id));
    }

    /// Sends the money of a payment back, once.
    public Refund refund(String id) {
        Payment payment = payments.get(id);
        if (payment == null) {
            return new NotFound();
        }
        if (payment.refunded) {
            return new AlreadyRefunded();
        }
        Payment refunded = new Payment(id, payment.order, true);
        payments.put(id, refunded);
        return new Refunded(refunded);
    }

    private void forgetOldest() {
        if (payments.size() > bound) {
            String oldest = payments.firstEntry().getKey();
            payments.remove(oldest);
            String key = keyById.remove(oldest);
            if (key != null) {
                idByKey.remove(key);
            }
        }
    }
}
