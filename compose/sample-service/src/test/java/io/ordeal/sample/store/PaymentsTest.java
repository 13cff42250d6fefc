package io.ordeal.sample.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaymentsTest {

    private static final Payments.Order ORDER = new Payments.Order(500, "EUR");

    private final Payments payments = new Payments(3);

    @Test
    void theSameKeyPaysOnce() {
        Payments.Payment payment = ((Payments.Created) payments.pay(ORDER, "k")).payment();
        assertThat(payments.pay(ORDER, "k")).isEqualTo(new Payments.Repeated(payment));
    }

    @Test
    void withoutAKeyEachIsAPayment() {
        payments.pay(ORDER, "");
        assertThat(payments.pay(ORDER, "")).isInstanceOf(Payments.Created.class);
    }

    @Test
    void aKeyBelongsToOnePayment() {
        payments.pay(ORDER, "k");
        assertThat(payments.pay(new Payments.Order(501, "EUR"), "k")).isEqualTo(new Payments.KeyReused());
    }

    @Test
    void refundsOnce() {
        String id = ((Payments.Created) payments.pay(ORDER, "k")).payment().id();
        assertThat(payments.refund(id)).isInstanceOf(Payments.Refunded.class);
        assertThat(payments.refund(id)).isEqualTo(new Payments.AlreadyRefunded());
        assertThat(payments.find(id))
                .hasValueSatisfying(it -> assertThat(it.refunded()).isTrue());
        assertThat(payments.refund("p99")).isEqualTo(new Payments.NotFound());
    }

    @Test
    void forgetsTheOldestWithItsKey() {
        String oldest = ((Payments.Created) payments.pay(ORDER, "k0")).payment().id();
        for (int i = 1; i <= 3; i++) {
            payments.pay(ORDER, "k" + i);
        }
        assertThat(payments.find(oldest)).isEmpty();
        assertThat(payments.pay(ORDER, "k0")).isInstanceOf(Payments.Created.class);
    }
}
