package io.ordeal.campaign.read;

import io.ordeal.campaign.document.StepSpec;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.StepKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads one step: `{post: /orders, body: {sku: A-1}, check: {status: 201}}`.
final class StepReader {
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");
    private static final Pattern STATUS_CLASS = Pattern.compile("[1-5]xx");
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final List<String> KEYS =
            Stream.concat(Keys.METHODS.stream(), Keys.CONVERSATION.stream()).toList();
    private static final Check ANY = new Check(List.of(), "");

    private final Duration timeout;
    private final String scenario;
    private final Problems problems;

    StepReader(Duration timeout, String scenario, Problems problems) {
        this.timeout = timeout;
        this.scenario = scenario;
        this.problems = problems;
    }

    static Fields.ValueReader<Duration> timeout() {
        return Values.duration(SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    }

    Optional<StepSpec> read(Yaml value) {
        return Fields.open(ConversationReader.spelledOut(value), Keys.STEP, "a step of " + scenario, problems)
                .flatMap(this::read);
    }

    private Optional<StepSpec> read(Fields fields) {
        var key = fields.oneOf(KEYS, "the request, for instance `get: /items`,");
        key.ifPresent(entry -> ConversationReader.refuseStrange(fields, entry.key(), problems));
        var headers = fields.optional("headers", this::headers).orElseGet(TreeMap::new);
        var body = fields.optional("body", StepReader::body);
        body.filter(Body::json).ifPresent(_ -> {
            if (headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
                headers.put("content-type", "application/json");
            }
        });
        var ownTimeout = fields.optional("timeout", timeout());
        var check = fields.optional("check", StepReader::check);
        var name = fields.optional("name", Values::name);
        var stream = ConversationReader.stream(fields);
        var kind = key.map(entry -> ConversationReader.KINDS.getOrDefault(entry.key(), StepKind.REQUEST))
                .orElse(StepKind.REQUEST);
        var target = key.flatMap(entry -> target(entry, kind));
        return target.map(to -> new StepSpec(
                name.orElseGet(() -> ConversationReader.name(to.word(), to.path())),
                to.method(),
                to.path(),
                headers,
                to.message().or(() -> body.map(Body::text)).orElse(""),
                ownTimeout.orElse(timeout),
                to.expected().or(() -> check).orElse(ANY),
                kind,
                kind == StepKind.EVENTS ? Optional.of(stream) : Optional.empty()));
    }

    /// What a step is about.
    ///
    /// @param word the key that names the step
    /// @param message what it sends over a WebSocket
    /// @param expected what it waits for there
    private record To(String word, String method, String path, Optional<String> message, Optional<Check> expected) {
        static To request(String word, String method, String path) {
            return new To(word, method.toUpperCase(Locale.ROOT), path, Optional.empty(), Optional.empty());
        }
    }

    private Optional<To> target(Yaml.Entry entry, StepKind kind) {
        return switch (kind) {
            case REQUEST -> path(entry.value()).map(path -> To.request(entry.key(), entry.key(), path));
            case CONNECT -> path(entry.value()).map(path -> To.request(entry.key(), "get", path));
            case EVENTS ->
                ConversationReader.request(entry, problems)
                        .flatMap(request ->
                                path(request.value()).map(path -> To.request(request.key(), request.key(), path)));
            case SEND ->
                body(entry.value(), problems)
                        .map(body -> new To("send", "GET", "/", Optional.of(body.text()), Optional.empty()));
            case EXPECT ->
                ConversationReader.expected(entry.value(), problems, StepReader::check)
                        .map(check -> new To("expect", "GET", "/", Optional.empty(), Optional.of(check)));
            case CLOSE, DROP -> {
                ConversationReader.word(entry, problems);
                yield Optional.of(To.request(entry.key(), "get", "/"));
            }
        };
    }

    private Optional<String> path(Yaml value) {
        return Values.scalar(value, "a path, for instance `/items`", problems).flatMap(scalar -> {
            var path = scalar.text();
            if (!path.startsWith("/")) {
                return problems.refuse(Values.malformed(
                        scalar, "is no path; write `/items`, and the address of the service under `target`"));
            }
            if (template(scalar, problems)) {
                return Optional.empty();
            }
            try {
                var address = new URI("http://service" + path);
                return address.getRawFragment() == null
                        ? Optional.of(path)
                        : problems.refuse(Values.malformed(scalar, "has a fragment (`#`), which is never sent"));
            } catch (URISyntaxException e) {
                return problems.refuse(Values.malformed(
                        scalar, "cannot be sent: " + e.getReason() + "; write special characters as `%20`"));
            }
        });
    }

    private Optional<SortedMap<String, String>> headers(Yaml value, Problems found) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return found.refuse(
                    new DocumentProblem(Code.WRONG_KIND, "`headers` is a mapping, not " + value.kind(), value.place()));
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var entry : mapping.entries()) {
            if (!HEADER.matcher(entry.key()).matches()) {
                found.add(new DocumentProblem(
                        Code.MALFORMED, "`" + entry.key() + "` is no name of a header", entry.keyPlace()));
            }
            Values.scalar(entry.value(), "a text", found).ifPresent(scalar -> {
                if (scalar.text().chars().anyMatch(c -> c < ' ' && c != '\t')) {
                    found.add(new DocumentProblem(
                            Code.MALFORMED, "a header is one line without control characters", scalar.place()));
                } else if (!template(scalar, found)) {
                    headers.put(entry.key(), scalar.text());
                }
            });
        }
        return Optional.of(new TreeMap<>(headers));
    }

    /// A body as sent.
    ///
    /// @param json whether it was written as YAML and turned into JSON
    private record Body(String text, boolean json) {}

    private static Optional<Body> body(Yaml value, Problems problems) {
        if (templated(value, problems)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (value) {
                    case Yaml.Scalar scalar -> new Body(scalar.absent() ? "" : scalar.text(), false);
                    case Yaml.Sequence _, Yaml.Mapping _ -> new Body(JsonText.of(value), true);
                });
    }

    private static boolean templated(Yaml value, Problems problems) {
        return switch (value) {
            case Yaml.Scalar scalar -> template(scalar, problems);
            case Yaml.Sequence sequence ->
                sequence.items().stream()
                                .filter(item -> templated(item, problems))
                                .count()
                        > 0;
            case Yaml.Mapping mapping ->
                mapping.entries().stream()
                                .filter(entry -> templated(entry.value(), problems))
                                .count()
                        > 0;
        };
    }

    /// Nothing is filled in yet; sending `${sku}` as it stands would test something else than was meant.
    private static boolean template(Yaml.Scalar scalar, Problems problems) {
        if (!scalar.text().contains("${")) {
            return false;
        }
        problems.add(Values.malformed(scalar, "is a template; requests are sent as they stand, nothing is filled in"));
        return true;
    }

    private static Optional<Check> check(Yaml value, Problems problems) {
        return Fields.open(value, Keys.CHECK, "a check", problems)
                .map(fields -> new Check(
                        fields.optional("status", StepReader::statuses).orElse(List.of()),
                        fields.optional("contains", Values::text).orElse("")));
    }

    private static Optional<List<Integer>> statuses(Yaml value, Problems problems) {
        return switch (value) {
            case Yaml.Sequence _ ->
                Values.list(value, "`status`", problems)
                        .map(items -> items.stream()
                                .flatMap(item -> status(item, problems).stream().flatMap(List::stream))
                                .distinct()
                                .toList());
            case Yaml.Scalar _, Yaml.Mapping _ -> status(value, problems);
        };
    }

    private static Optional<List<Integer>> status(Yaml value, Problems problems) {
        return Values.scalar(value, "a status, for instance `200` or `2xx`", problems)
                .flatMap(scalar -> {
                    if (STATUS.matcher(scalar.text()).matches()) {
                        return Optional.of(List.of(Integer.parseInt(scalar.text())));
                    }
                    if (STATUS_CLASS.matcher(scalar.text()).matches()) {
                        int first = (scalar.text().charAt(0) - '0') * 100;
                        return Optional.of(
                                IntStream.range(first, first + 100).boxed().toList());
                    }
                    return problems.refuse(
                            Values.malformed(scalar, "is no status; write `200`, `[200, 201]` or `2xx`"));
                });
    }
}
