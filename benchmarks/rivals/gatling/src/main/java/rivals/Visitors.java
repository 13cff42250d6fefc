package rivals;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.forever;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/// Users without think time against one small page: system properties `target`, `users` and `seconds`.
public final class Visitors extends Simulation {
    public Visitors() {
        var visit = scenario("visit").exec(forever().on(http("page").get("/")));
        setUp(visit.injectClosed(constantConcurrentUsers(Integer.getInteger("users"))
                        .during(Duration.ofSeconds(Long.getLong("seconds")))))
                .protocols(http.baseUrl(System.getProperty("target")).disableCaching())
                .maxDuration(Duration.ofSeconds(Long.getLong("seconds")));
    }
}
