package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Operation;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/// What a method and a path ask for, with the identifier in the path or an empty one.
record Route(Operation operation, String id) {

    private static final Route UNKNOWN = new Route(Operation.UNKNOWN, "");
    private static final Route HEALTH = new Route(Operation.HEALTH, "");

    /// The route of a request. A known path with another method is unknown.
    static Route of(HttpMethod method, @Nullable String path) {
        if (path == null) {
            return UNKNOWN;
        }
        boolean get = method.equals(HttpMethod.GET);
        if (get && path.equals("/health")) {
            return HEALTH;
        }
        if (path.length() < 2 || path.charAt(0) != '/') {
            return UNKNOWN;
        }
        int slash = path.indexOf('/', 1);
        String head = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String tail = slash < 0 ? "" : path.substring(slash + 1);
        if (head.equals("admin")) {
            return new Route(Operation.ADMIN, tail);
        }
        if (get) {
            return reading(head, tail);
        }
        return method.equals(HttpMethod.POST) ? writing(head, tail) : UNKNOWN;
    }

    private static Route reading(String head, String tail) {
        return switch (head) {
            case "items" -> listOrOne(Operation.ITEMS_LIST, Operation.ITEMS_GET, tail);
            case "payments" -> one(Operation.PAYMENTS_GET, tail);
            case "documents" -> one(Operation.DOCUMENTS_GET, tail);
            case "search" -> none(Operation.SEARCH, tail);
            case "metrics" -> none(Operation.METRICS, tail);
            case "meetings" ->
                tail.endsWith("/socket")
                        ? one(Operation.MEETINGS_SOCKET, before(tail, "/socket"))
                        : listOrOne(Operation.MEETINGS_LIST, Operation.MEETINGS_GET, tail);
            default -> UNKNOWN;
        };
    }

    private static Route writing(String head, String tail) {
        return switch (head) {
            case "orders" -> none(Operation.ORDERS_CREATE, tail);
            case "v1" -> tail.equals("inference") ? new Route(Operation.INFERENCE, "") : UNKNOWN;
            case "query" -> none(Operation.QUERY, tail);
            case "documents" -> none(Operation.DOCUMENTS_UPLOAD, tail);
            case "payments" ->
                tail.endsWith("/refund")
                        ? one(Operation.PAYMENTS_REFUND, before(tail, "/refund"))
                        : none(Operation.PAYMENTS_CREATE, tail);
            case "meetings" -> meeting(tail);
            default -> UNKNOWN;
        };
    }

    private static Route meeting(String tail) {
        int slash = tail.indexOf('/');
        if (slash < 0) {
            return none(Operation.MEETINGS_CREATE, tail);
        }
        String id = tail.substring(0, slash);
        return switch (tail.substring(slash + 1)) {
            case "join" -> one(Operation.MEETINGS_JOIN, id);
            case "leave" -> one(Operation.MEETINGS_LEAVE, id);
            case "network-quality" -> one(Operation.MEETINGS_QUALITY, id);
            default -> UNKNOWN;
        };
    }

    private static Route listOrOne(Operation list, Operation one, String tail) {
        return tail.isEmpty() ? new Route(list, "") : one(one, tail);
    }

    private static Route one(Operation operation, String id) {
        return id.isEmpty() || id.indexOf('/') >= 0 ? UNKNOWN : new Route(operation, id);
    }

    private static Route none(Operation operation, String tail) {
        return tail.isEmpty() ? new Route(operation, "") : UNKNOWN;
    }

    private static String before(String tail, String suffix) {
        return tail.substring(0, tail.length() - suffix.length());
    }
}
