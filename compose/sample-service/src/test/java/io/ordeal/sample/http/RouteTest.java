package io.ordeal.sample.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.sample.behaviour.Operation;
import io.vertx.core.http.HttpMethod;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteTest {

    @ParameterizedTest
    @CsvSource({
        "GET,/health,HEALTH,''",
        "GET,/metrics,METRICS,''",
        "PUT,/admin/behaviour,ADMIN,behaviour",
        "GET,/items,ITEMS_LIST,''",
        "GET,/items/,ITEMS_LIST,''",
        "GET,/items/7,ITEMS_GET,7",
        "POST,/orders,ORDERS_CREATE,''",
        "POST,/v1/inference,INFERENCE,''",
        "POST,/meetings,MEETINGS_CREATE,''",
        "GET,/meetings,MEETINGS_LIST,''",
        "GET,/meetings/m1,MEETINGS_GET,m1",
        "POST,/meetings/m1/join,MEETINGS_JOIN,m1",
        "POST,/meetings/m1/leave,MEETINGS_LEAVE,m1",
        "POST,/meetings/m1/network-quality,MEETINGS_QUALITY,m1",
        "GET,/meetings/m1/socket,MEETINGS_SOCKET,m1",
        "POST,/query,QUERY,''",
        "POST,/documents,DOCUMENTS_UPLOAD,''",
        "GET,/documents/3,DOCUMENTS_GET,3",
        "GET,/search,SEARCH,''",
        "POST,/payments,PAYMENTS_CREATE,''",
        "GET,/payments/p1,PAYMENTS_GET,p1",
        "POST,/payments/p1/refund,PAYMENTS_REFUND,p1",
        "POST,/health,UNKNOWN,''",
        "DELETE,/items/7,UNKNOWN,''",
        "GET,/items/7/8,UNKNOWN,''",
        "POST,/meetings//join,UNKNOWN,''",
        "GET,/meetings//socket,UNKNOWN,''",
        "POST,/meetings/m1/dance,UNKNOWN,''",
        "POST,/v1/other,UNKNOWN,''",
        "GET,/,UNKNOWN,''"
    })
    void isFoundByMethodAndPath(String method, String path, Operation operation, String id) {
        assertThat(Route.of(HttpMethod.valueOf(method), path)).isEqualTo(new Route(operation, id));
    }

    @Property
    void anyPathHasARoute(@ForAll String path) {
        assertThat(Route.of(HttpMethod.POST, path)).isNotNull();
        assertThat(Route.of(HttpMethod.GET, "/meetings" + path)).isNotNull();
    }
}
