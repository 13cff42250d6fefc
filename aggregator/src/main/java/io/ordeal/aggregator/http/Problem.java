package io.ordeal.aggregator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ordeal.runtime.json.RecordJson;
import java.util.List;
import java.util.stream.Collectors;

/// Why a request is not answered, as RFC 9457 has it: everything that is wrong, at once.
final class Problem extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;

    @SuppressWarnings("serial") // never serialised
    private final List<Fault> faults;

    /// One thing that is wrong.
    ///
    /// @param place for instance `query parameter from`
    record Fault(String place, String value, String says, String remedy) {}

    Problem(int status, String title, List<Fault> faults) {
        super(
                faults.stream()
                        .map(fault -> fault.place + " `" + fault.value + "` " + fault.says + ": " + fault.remedy)
                        .collect(Collectors.joining("; ")),
                null,
                false,
                false);
        this.status = status;
        this.title = title;
        this.faults = List.copyOf(faults);
    }

    static Problem notFound(String place, String value, String says, String remedy) {
        return new Problem(404, "Not Found", List.of(new Fault(place, value, says, remedy)));
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        var body = RecordJson.mapper()
                .createObjectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", getMessage());
        var errors = body.putArray("errors");
        faults.forEach(fault -> errors.addObject()
                .put("place", fault.place)
                .put("value", fault.value)
                .put("remedy", fault.remedy));
        return body;
    }
}
