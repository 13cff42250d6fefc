package io.ordeal.sample.store;

import java.util.ArrayList;
import java.util.List;

/// The shop's items, numbered from 1. Each is made from its number, so that reading one costs next to nothing.
public final class Items {

    /// How many there are.
    public static final int COUNT = 10_000;

    private static final int PAGE = 20;

    private Items() {}

    /// Whether there is an item with this number.
    public static boolean exists(long id) {
        return id >= 1 && id <= COUNT;
    }

    /// An item as JSON; its price is in cents.
    public static String json(long id) {
        return "{\"id\":" + id + ",\"name\":\"item " + id + "\",\"price\":" + (100 + id * 37 % 9900) + "}";
    }

    /// The first page as JSON.
    public static String page() {
        List<String> items = new ArrayList<>();
        for (long id = 1; id <= PAGE; id++) {
            items.add(json(id));
        }
        return "{\"items\":[" + String.join(",", items) + "],\"total\":" + COUNT + "}";
    }
}
