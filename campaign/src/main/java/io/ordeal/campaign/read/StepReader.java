package io.ordeal.campaign.read;

import io.ordeal.campaign.document.StepSpec;
import io.ordeal.generator.user.Template;
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
import java.util.stream.Stream;

/// Reads one step: `{post: /orders, body: {sku: A-1}, check: {status: 201}}`.
final class StepReader {
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\$\\{[^}]*}");
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final List<String> KEYS =
            Stream.concat(Keys.METHODS.stream(), Keys.CONVERSATION.stream()).toList();

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

    /// Reads a step, and adds what it extracts to `scope`.
    Optional<StepSpec> read(Yaml value, Scope scope) {
        return Fields.open(ConversationReader.spelledOut(value), Keys.STEP, "a step of " + scenario, problems)
                .flatMap(fields -> read(fields, scope));
    }

    private Optional<StepSpec> read(Fields fields, Scope scope) {
        var key = fields.oneOf(KEYS, "the request, for instance `get: /items`,");
        key.ifPresent(entry -> ConversationReader.refuseStrange(fields, entry.key(), problems));
        var stream = ConversationReader.stream(fields);
        var kind = key.map(entry -> ConversationReader.KINDS.getOrDefault(entry.key(), StepKind.REQUEST))
                .orElse(StepKind.REQUEST);
        var target = key.flatMap(entry -> target(entry, kind, scope));
        var headers =
                fields.optional("headers", (value, _) -> headers(value, scope)).orElseGet(TreeMap::new);
        var body = fields.optional("body", (value, _) -> body(value, scope));
        body.filter(Body::json).ifPresent(_ -> {
            if (headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
                headers.put("content-type", "application/json");
            }
        });
        var ownTimeout = fields.optional("timeout", timeout());
        var check = fields.optional("check", CheckReader::read);
        var name = fields.optional("name", Values::name);
        var extract = fields.optional("extract", ExtractionReader::variables).orElse(List.of());
        extract.forEach(extraction -> scope.add(extraction.name()));
        var measures = fields.optional("measure", ExtractionReader::measures).orElse(List.of());
        var retry = fields.optional("retry", RetryReader::read);
        var think = fields.optional("think", ScenarioReader::think);
        return target.map(to -> new StepSpec(
                name.orElseGet(() -> ConversationReader.name(to.word(), to.path())),
                to.method(),
                to.path(),
                headers,
                to.message().or(() -> body.map(Body::text)).orElse(""),
                ownTimeout.orElse(timeout),
                to.expected().or(() -> check).orElse(Check.NONE),
                extract,
                measures,
                retry,
                think,
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

    private Optional<To> target(Yaml.Entry entry, StepKind kind, Scope scope) {
        return switch (kind) {
            case REQUEST -> path(entry.value(), scope).map(path -> To.request(entry.key(), entry.key(), path));
            case CONNECT -> path(entry.value(), scope).map(path -> To.request(entry.key(), "get", path));
            case EVENTS ->
                ConversationReader.request(entry, problems)
                        .flatMap(request -> path(request.value(), scope)
                                .map(path -> To.request(request.key(), request.key(), path)));
            case SEND ->
                body(entry.value(), scope)
                        .map(body -> new To("send", "GET", "/", Optional.of(body.text()), Optional.empty()));
            case EXPECT ->
                ConversationReader.expected(entry.value(), problems, CheckReader::read)
                        .map(check -> new To("expect", "GET", "/", Optional.empty(), Optional.of(check)));
            case CLOSE, DROP -> {
                ConversationReader.word(entry, problems);
                yield Optional.of(To.request(entry.key(), "get", "/"));
            }
        };
    }

    private Optional<String> path(Yaml value, Scope scope) {
        return Values.scalar(value, "a path, for instance `/items`", problems).flatMap(scalar -> {
            var path = scalar.text();
            if (!path.startsWith("/") && !path.startsWith("${")) {
                return problems.refuse(Values.malformed(
                        scalar, "is no path; write `/items`, and the address of the service under `target`"));
            }
            if (!scope.fills(scalar, Template::ofPath, false)) {
                return Optional.empty();
            }
            try {
                var address =
                        new URI("http://service/" + PLACEHOLDER.matcher(path).replaceAll("x"));
                return address.getRawFragment() == null
                        ? Optional.of(path)
                        : problems.refuse(Values.malformed(scalar, "has a fragment (`#`), which is never sent"));
            } catch (URISyntaxException e) {
                return problems.refuse(Values.malformed(
                        scalar, "cannot be sent: " + e.getReason() + "; write special characters as `%20`"));
            }
        });
    }

    private Optional<SortedMap<String, String>> headers(Yaml value, Scope scope) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return problems.refuse(
                    new DocumentProblem(Code.WRONG_KIND, "`headers` is a mapping, not " + value.kind(), value.place()));
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var entry : mapping.entries()) {
            if (!HEADER.matcher(entry.key()).matches()) {
                problems.add(new DocumentProblem(
                        Code.MALFORMED, "`" + entry.key() + "` is no name of a header", entry.keyPlace()));
            }
            Values.scalar(entry.value(), "a text", problems).ifPresent(scalar -> {
                if (scalar.text().chars().anyMatch(c -> c < ' ' && c != '\t')) {
                    problems.add(new DocumentProblem(
                            Code.MALFORMED, "a header is one line without control characters", scalar.place()));
                } else if (scope.fills(scalar, Template::ofHeader, true)) {
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

    private Optional<Body> body(Yaml value, Scope scope) {
        if (!filled(value, scope)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (value) {
                    case Yaml.Scalar scalar -> new Body(scalar.absent() ? "" : scalar.text(), false);
                    case Yaml.Sequence _, Yaml.Mapping _ -> new Body(JsonText.template(value), true);
                });
    }

    private static boolean filled(Yaml value, Scope scope) {
        return switch (value) {
            case Yaml.Scalar scalar -> scope.fills(scalar, Template::of, false);
            case Yaml.Sequence sequence -> all(sequence.items(), scope);
            case Yaml.Mapping mapping ->
                all(
                        mapping.entries().stream()
                                .flatMap(entry ->
                                        Stream.of(new Yaml.Scalar(entry.key(), true, entry.keyPlace()), entry.value()))
                                .toList(),
                        scope);
        };
    }

    private static boolean all(List<Yaml> values, Scope scope) {
        return values.stream().filter(value -> !filled(value, scope)).count() == 0;
    }
}
