package io.ordeal.campaign.read;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.EventStream;
import io.ordeal.schemas.load.StepKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what steps have that are more than a request and its answer: `{websocket: /rooms/1}`, `{send: {type: ping}}`,
/// `{expect: pong}`, `close`, `drop`, and `{events: /generate, until: '[DONE]'}`.
final class ConversationReader {
    /// What each key makes of a step.
    static final Map<String, StepKind> KINDS = Map.of(
            "websocket", StepKind.CONNECT,
            "send", StepKind.SEND,
            "expect", StepKind.EXPECT,
            "close", StepKind.CLOSE,
            "drop", StepKind.DROP,
            "events", StepKind.EVENTS);

    private static final List<String> ANSWERED = List.of("get", "post", "put", "delete", "patch", "head", "events");
    private static final List<String> WITH_HEADERS =
            List.of("get", "post", "put", "delete", "patch", "head", "events", "websocket");

    private ConversationReader() {}

    /// Returns the step that the word `close` or `drop` alone stands for, as a mapping.
    static Yaml spelledOut(Yaml step) {
        return step instanceof Yaml.Scalar(var text, var plain, var place)
                        && (text.equals("close") || text.equals("drop"))
                ? new Yaml.Mapping(List.of(new Yaml.Entry(text, place, new Yaml.Scalar("true", plain, place))), place)
                : step;
    }

    /// Returns the name of a step of `key` that was given none.
    static String name(String key, String path) {
        return switch (key) {
            case "websocket" -> Names.stepName("ws", path);
            case "events" -> Names.stepName("get", path);
            case "send", "expect", "close", "drop" -> key;
            default -> Names.stepName(key, path);
        };
    }

    /// Reports keys that mean nothing to a step of `key`.
    static void refuseStrange(Fields fields, String key, Problems problems) {
        refuse(fields, key, "check", ANSWERED, problems);
        refuse(fields, key, "body", ANSWERED, problems);
        refuse(fields, key, "headers", WITH_HEADERS, problems);
        refuse(fields, key, "until", List.of("events"), problems);
        refuse(fields, key, "token", List.of("events"), problems);
    }

    private static void refuse(Fields fields, String key, String strange, List<String> fit, Problems problems) {
        if (!fit.contains(key)) {
            fields.entry(strange)
                    .ifPresent(entry -> problems.add(new DocumentProblem(
                                    Code.EITHER_OR,
                                    "a step with `" + key + "` has no `" + strange + "`",
                                    entry.keyPlace())
                            .noting("help: `" + strange + "` goes with " + String.join(", ", fit))));
        }
    }

    /// Reads the method and path of `events`: a path alone is a GET.
    static Optional<Yaml.Entry> request(Yaml.Entry events, Problems problems) {
        return switch (events.value()) {
            case Yaml.Scalar scalar -> Optional.of(new Yaml.Entry("get", events.keyPlace(), scalar));
            case Yaml.Sequence _, Yaml.Mapping _ ->
                Fields.open(events.value(), Keys.EVENTS, "`events`", problems)
                        .flatMap(fields -> fields.oneOf(Keys.METHODS, "the request, for instance `post: /generate`,"));
        };
    }

    /// Reads how a stream of events is read.
    static EventStream stream(Fields fields) {
        return new EventStream(
                fields.optional("token", Values::text).orElse(""),
                fields.optional("until", Values::text).orElse(""));
    }

    /// Reads what a message must be: a text that it contains, or a check.
    ///
    /// @param check reads a check
    static Optional<Check> expected(Yaml value, Problems problems, Fields.ValueReader<Check> check) {
        return value instanceof Yaml.Scalar scalar && !scalar.absent()
                ? Optional.of(new Check(List.of(), scalar.text()))
                : check.read(value, problems).flatMap(read -> {
                    if (value instanceof Yaml.Mapping mapping) {
                        mapping.entry("status")
                                .ifPresent(entry -> problems.add(new DocumentProblem(
                                        Code.EITHER_OR, "a message has no `status`", entry.keyPlace())));
                    }
                    return Optional.of(read);
                });
    }

    /// Reads the value of `close` and `drop`, which say everything by themselves.
    static void word(Yaml.Entry entry, Problems problems) {
        if (!(entry.value() instanceof Yaml.Scalar scalar)
                || !(scalar.absent() || scalar.text().equals("true"))) {
            problems.add(new DocumentProblem(
                    Code.MALFORMED,
                    "`" + entry.key() + "` stands alone; write `- " + entry.key() + "`",
                    entry.keyPlace()));
        }
    }
}
