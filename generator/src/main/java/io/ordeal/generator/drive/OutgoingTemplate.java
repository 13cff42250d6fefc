package io.ordeal.generator.drive;

import io.ordeal.generator.user.Secrets;
import io.ordeal.generator.user.Template;
import io.ordeal.generator.user.Variables;
import io.ordeal.schemas.load.Step;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A step's request, whose path, headers and body may have something to fill in.
final class OutgoingTemplate {
    private final Origin origin;
    private final RequestOptions base;
    private final Template path;
    private final boolean addressed;
    private final Map<String, Template> headers = new HashMap<>();
    private final Template body;

    /// Prepares the request of `step`.
    ///
    /// @param authorization the value of that header, unless the step has one of its own
    OutgoingTemplate(Step step, Origin origin, Secrets secrets, Optional<String> authorization) {
        this.origin = origin;
        base = new RequestOptions()
                .setMethod(HttpMethod.valueOf(step.method()))
                .setHost(origin.host())
                .setPort(origin.port());
        authorization
                .filter(_ -> header(step, "authorization").isEmpty())
                .ifPresent(value -> base.putHeader("authorization", value));
        step.headers().forEach((name, value) -> {
            var template = Template.ofHeader(value).within(secrets::named);
            if (template.fixed()) {
                base.putHeader(name, template.render(Variables.none()));
            } else {
                headers.put(name, template);
            }
        });
        path = Template.ofPath(step.path());
        addressed = step.path().startsWith("${");
        body = Template.ofBody(step.body(), header(step, "content-type").orElse(""));
    }

    private static Optional<String> header(Step step, String name) {
        return step.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// Whether the request is the same each time.
    boolean fixed() {
        return headers.isEmpty() && path.fixed() && body.fixed();
    }

    /// Returns the request with everything filled in.
    Outgoing render(Variables variables) {
        var options = new RequestOptions(base).setURI(address(path.render(variables)));
        headers.forEach((name, value) -> options.putHeader(name, value.render(variables)));
        return new Outgoing(options, Buffer.buffer(body.render(variables)));
    }

    /// An address that the service gave has the origin's path already.
    private String address(String rendered) {
        return addressed && rendered.startsWith(origin.path() + "/") ? rendered : origin.path() + rendered;
    }
}
