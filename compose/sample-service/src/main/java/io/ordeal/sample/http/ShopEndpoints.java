package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Operation;
import io.ordeal.sample.store.Items;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/// A small shop: items to read, orders to place. The cheapest operations, for load in numbers.
final class ShopEndpoints {

    private static final int LONGEST_ID = 9;

    private final Buffer page = Buffer.buffer(Items.page());
    private long orders;

    void addTo(Map<Operation, Endpoint> endpoints) {
        endpoints.put(Operation.ITEMS_LIST, exchange -> exchange.answer(200, Exchange.JSON, page));
        endpoints.put(Operation.ITEMS_GET, ShopEndpoints::item);
        endpoints.put(Operation.ORDERS_CREATE, this::order);
        endpoints.put(Operation.UNKNOWN, exchange -> exchange.error(404, "no such operation"));
    }

    private static void item(Exchange exchange) {
        long id = number(exchange.id());
        if (Items.exists(id)) {
            exchange.answer(200, Exchange.JSON, Buffer.buffer(Items.json(id)));
        } else {
            exchange.error(404, "no item " + exchange.id());
        }
    }

    private void order(Exchange exchange) {
        exchange.json().ifPresent(json -> {
            if (json.getValue("sku") instanceof String sku && !sku.isBlank()) {
                exchange.answer(201, new JsonObject().put("id", "o" + ++orders).put("sku", sku));
            } else {
                exchange.error(400, "sku: give the name of what is ordered");
            }
        });
    }

    /// The decimal number that a text is, or -1; without the exception that would cost more than the answer.
    static long number(String text) {
        if (text.isEmpty() || text.length() > LONGEST_ID) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
