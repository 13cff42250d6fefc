package io.ordeal.generator.drive;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.Step;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.HashSet;
import java.util.Set;

/// One step of a scenario with everything made ready that does not change from request to request, and its requests
/// in flight.
final class PreparedStep {
    private static final int FIRST_ERROR = 400;

    private final int request;
    private final RequestOptions options;
    private final Buffer body;
    private final Set<Integer> statuses;
    private final TextSearch search;
    private final InFlight inFlight;

    PreparedStep(Step step, Origin origin) {
        request = step.request();
        options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(step.method()))
                .setHost(origin.host())
                .setPort(origin.port())
                .setURI(origin.path() + step.path());
        step.headers().forEach(options::putHeader);
        body = Buffer.buffer(step.body());
        statuses = new HashSet<>(step.check().statuses());
        search = new TextSearch(step.check().bodyContains());
        inFlight = new InFlight(step.timeout().toNanos());
    }

    int request() {
        return request;
    }

    RequestOptions options() {
        return options;
    }

    Buffer body() {
        return body;
    }

    TextSearch search() {
        return search;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /// Judges an answer that came whole.
    Outcome judge(int status, int searchState) {
        boolean accepted = statuses.isEmpty() ? status < FIRST_ERROR : statuses.contains(status);
        if (accepted && search.found(searchState)) {
            return Outcome.OK;
        }
        return status >= FIRST_ERROR ? Outcome.HTTP_ERROR : Outcome.INVALID;
    }
}
