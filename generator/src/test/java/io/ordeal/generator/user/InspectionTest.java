package io.ordeal.generator.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.ExtractionKind;
import io.ordeal.schemas.load.JsonCheck;
import io.ordeal.schemas.load.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InspectionTest {
    private static final String ORDER = """
        {"id": 17, "state": "done", "note": null, "price": 1.50, "items": [{"sku": "A"}, {"sku": "B"}], "a.b": true}
        """;

    private static Answer answer(int status, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Answer(
                status,
                name -> Optional.ofNullable(
                        Map.of("location", "/orders/17", "x-ms", "3.5").get(name)),
                Optional.of(Body.of(bytes)),
                bytes.length,
                Duration.ofMillis(50).toNanos());
    }

    private static Check check(String matches, long least, long most, Duration within, JsonCheck... json) {
        return new Check(List.of(), "", matches, List.of(json), least, most, within);
    }

    private static Outcome outcome(Check check, String body) {
        return Inspection.of(check, List.of(), List.of()).of(answer(200, body)).outcome();
    }

    private static Extraction take(ExtractionKind kind, String expression) {
        return new Extraction("x", kind, expression, Optional.empty());
    }

    private static Finding taken(Extraction extraction, int status, String body) {
        return Inspection.of(Check.NONE, List.of(extraction), List.of()).of(answer(status, body));
    }

    @ParameterizedTest
    @CsvSource({
        "$.state, done, OK",
        "$.state, open, INVALID",
        "$.id, 17, OK",
        "$.price, 1.50, OK",
        "$.note, null, OK",
        "$.nothing, done, INVALID",
        "$.items[*].sku, B, OK",
        "$['a.b'], true, OK"
    })
    void comparesWhatStandsInJsonAsText(String path, String value, Outcome outcome) {
        var json = new JsonCheck(path, Optional.of(value));

        assertThat(outcome(check("", 0, -1, Duration.ZERO, json), ORDER)).isEqualTo(outcome);
    }

    @Test
    void wantsOnlyThatSomethingIsThereWhenNoValueIsNamed() {
        assertThat(outcome(check("", 0, -1, Duration.ZERO, new JsonCheck("$.state", Optional.empty())), ORDER))
                .isEqualTo(Outcome.OK);
        assertThat(outcome(check("", 0, -1, Duration.ZERO, new JsonCheck("$.state", Optional.empty())), "no json"))
                .isEqualTo(Outcome.INVALID);
    }

    @Test
    void looksAtPatternSizeAndTime() {
        assertThat(outcome(check("\"id\": \\d+,", 0, -1, Duration.ZERO), ORDER)).isEqualTo(Outcome.OK);
        assertThat(outcome(check("\"id\": \\d{3}", 0, -1, Duration.ZERO), ORDER))
                .isEqualTo(Outcome.INVALID);
        assertThat(outcome(check("", 5, 5, Duration.ZERO), "hello")).isEqualTo(Outcome.OK);
        assertThat(outcome(check("", 6, -1, Duration.ZERO), "hello")).isEqualTo(Outcome.INVALID);
        assertThat(outcome(check("", 0, 4, Duration.ZERO), "hello")).isEqualTo(Outcome.INVALID);
        assertThat(outcome(check("", 0, -1, Duration.ofMillis(50)), "hello")).isEqualTo(Outcome.OK);
        assertThat(outcome(check("", 0, -1, Duration.ofMillis(49)), "hello")).isEqualTo(Outcome.INVALID);
    }

    @Test
    void looksForATextBesideOtherThings() {
        var check = new Check(List.of(200), "ell", "", List.of(), 1, -1, Duration.ZERO);

        assertThat(Inspection.of(check, List.of(), List.of()).readsBody()).isTrue();
        assertThat(outcome(check, "hello")).isEqualTo(Outcome.OK);
        assertThat(outcome(check, "help")).isEqualTo(Outcome.INVALID);
    }

    @Test
    void callsABadAnswerOf400AndAboveAnHttpError() {
        assertThat(Inspection.of(Check.NONE, List.of(), List.of())
                        .of(answer(404, ""))
                        .outcome())
                .isEqualTo(Outcome.HTTP_ERROR);
        assertThat(taken(take(ExtractionKind.HEADER, "location"), 503, "").outcome())
                .isEqualTo(Outcome.HTTP_ERROR);
    }

    @Test
    void takesValuesFromBodyAndHeaders() {
        assertThat(taken(take(ExtractionKind.JSON_PATH, "$.id"), 200, ORDER).values())
                .containsEntry("x", "17");
        assertThat(taken(take(ExtractionKind.JSON_PATH, "$..sku"), 200, ORDER).values())
                .containsEntry("x", "A");
        assertThat(taken(take(ExtractionKind.JSON_PATH, "$.items[1]"), 200, ORDER)
                        .values())
                .containsEntry("x", "{\"sku\":\"B\"}");
        assertThat(taken(take(ExtractionKind.REGEX, "\"sku\": \"(B)\""), 200, ORDER)
                        .values())
                .containsEntry("x", "B");
        assertThat(taken(take(ExtractionKind.REGEX, "d.ne"), 200, ORDER).values())
                .containsEntry("x", "done");
        assertThat(taken(take(ExtractionKind.HEADER, "location"), 200, "").values())
                .containsEntry("x", "/orders/17");
    }

    @ParameterizedTest
    @CsvSource({"JSON_PATH, $.note", "JSON_PATH, $.nothing.at.all", "REGEX, xyz", "HEADER, etag"})
    void isInvalidWithoutAValueUnlessSomethingStandsForIt(ExtractionKind kind, String expression) {
        var without = take(kind, expression);
        var with = new Extraction("x", kind, expression, Optional.of("none"));

        assertThat(taken(without, 200, ORDER)).isEqualTo(new Finding(Outcome.INVALID, Map.of(), Map.of()));
        assertThat(taken(with, 200, ORDER)).isEqualTo(new Finding(Outcome.OK, Map.of("x", "none"), Map.of()));
        assertThat(Inspection.of(Check.NONE, List.of(without), List.of()).fallbacks())
                .isEmpty();
        assertThat(Inspection.of(Check.NONE, List.of(with), List.of()).fallbacks())
                .contains(Map.of("x", "none"));
    }

    @Test
    void takesMeasuresThatAreNumbers() {
        var header = Inspection.of(Check.NONE, List.of(), List.of(take(ExtractionKind.HEADER, "x-ms")));
        var text = Inspection.of(Check.NONE, List.of(), List.of(take(ExtractionKind.JSON_PATH, "$.state")));

        assertThat(header.readsBody()).isFalse();
        assertThat(header.of(answer(200, "")).measures()).isEqualTo(Map.of("x", 3.5));
        assertThat(text.of(answer(200, ORDER)).outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void doesNotLookAtABodyBeyondTheLimit() {
        var body = "x".repeat(Body.LIMIT);

        assertThat(outcome(check("x$", 0, -1, Duration.ZERO), body)).isEqualTo(Outcome.OK);
        assertThat(outcome(check("x$", 0, -1, Duration.ZERO), body + "x")).isEqualTo(Outcome.INVALID);
        assertThat(outcome(check("", 1, -1, Duration.ZERO), body + "x")).isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(x+x+)+y", "(x|xx)*y", "(.*)(.*)(.*)(.*)(.*)z"})
    void givesUpOnAnExpressionThatTakesForEver(String expression) {
        assertThat(outcome(check(expression, 0, -1, Duration.ZERO), "x".repeat(100_000)))
                .isEqualTo(Outcome.INVALID);
        assertThat(taken(take(ExtractionKind.REGEX, expression), 200, "x".repeat(5000))
                        .outcome())
                .isEqualTo(Outcome.INVALID);
    }

    @Test
    void looksAtMessagesWithoutAStatus() {
        var message = Answer.message("ready".getBytes(StandardCharsets.UTF_8), 1);

        assertThat(Inspection.of(check("rea", 0, -1, Duration.ZERO), List.of(), List.of())
                        .of(message)
                        .outcome())
                .isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "$.[", "$.a[?(@.b =~ /(x+)+y/)]"})
    void refusesWhatIsNoJsonPath(String path) {
        assertThatThrownBy(() -> Inspection.of(Check.NONE, List.of(take(ExtractionKind.JSON_PATH, path)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + path + "`");
    }

    @Test
    void refusesWhatIsNoRegularExpression() {
        assertThatThrownBy(() -> Inspection.of(check("(", 0, -1, Duration.ZERO), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`(`");
    }
}
