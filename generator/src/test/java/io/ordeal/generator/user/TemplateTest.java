package io.ordeal.generator.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.generator.schedule.Seed;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
    private static final String JSON = "application/json; charset=utf-8";

    private static Variables variables() {
        var variables = new Variables(new Seed(7), "run-1", 5, () -> 1_700_000_000_123_456_789L);
        variables.begin(6, 41);
        variables.set("name", "A \"b\" & c/ü");
        variables.set("count", "12");
        variables.set("sku", "007");
        variables.set("next", "http://shop.test:99/orders/1?x=a b#top");
        variables.set("lines", "a\r\nset-cookie: b");
        return variables;
    }

    private static String rendered(Template template) {
        return template.render(variables());
    }

    @Test
    void fillsInVariablesAndBuiltIns() {
        assertThat(rendered(Template.of("${name}|${ count }|${iteration}|${user}|${run}|${now.millis}|${now}")))
                .isEqualTo("A \"b\" & c/ü|12|41|5|run-1|1700000000123|2023-11-14T22:13:20.123Z");
    }

    @ParameterizedTest
    @CsvSource({"$${name}, ${name}", "a$${, a${", "$$$${x}, $$${x}", "$5 {x} $, $5 {x} $", "$${a}$${b}, ${a}${b}"})
    void takesADoubledDollarForAPlainOne(String text, String plain) {
        assertThat(rendered(Template.of(text))).isEqualTo(plain);
        assertThat(Template.of(text).fixed()).isTrue();
    }

    @Test
    void encodesValuesInAPath() {
        assertThat(rendered(Template.ofPath("/items/${name}?n=${count}")))
                .isEqualTo("/items/A%20%22b%22%20%26%20c%2F%C3%BC?n=12");
    }

    @Test
    void takesAnAddressThatTheServiceGaveForAPathWithoutItsHost() {
        assertThat(rendered(Template.ofPath("${next}"))).isEqualTo("/orders/1?x=a%20b");
        assertThat(rendered(Template.ofPath("${count}/x"))).isEqualTo("/12/x");
    }

    @Test
    void keepsAHeaderOnOneLine() {
        assertThat(rendered(Template.ofHeader("<${lines}>"))).isEqualTo("<a set-cookie: b>");
    }

    @Test
    void escapesWithinStringsOfJson() {
        assertThat(rendered(Template.ofBody("{\"a\\\"\": \"x ${name}\"}", JSON)))
                .isEqualTo("{\"a\\\"\": \"x A \\\"b\\\" & c/ü\"}");
    }

    @Test
    void keepsValuesOfJsonAndMakesStringsOfTheRest() {
        assertThat(rendered(Template.ofBody("{\"n\":${count},\"s\":${sku},\"t\":${name}}", "application/vnd.x+json")))
                .isEqualTo("{\"n\":12,\"s\":\"007\",\"t\":\"A \\\"b\\\" & c/ü\"}");
    }

    @Test
    void encodesFormsAndLeavesOtherBodiesAsTheyAre() {
        assertThat(rendered(Template.ofBody("a=${name}", "application/x-www-form-urlencoded")))
                .isEqualTo("a=A%20%22b%22%20%26%20c%2F%C3%BC");
        assertThat(rendered(Template.ofBody("a=${name}", ""))).isEqualTo("a=A \"b\" & c/ü");
    }

    @Test
    void drawsTheSameAgainForTheSameIterationAndAnotherForEachPlace() {
        var template = Template.of("${random.uuid} ${random.int(1,6)} ${random.uuid}");
        var first = rendered(template);
        var other = variables();
        other.begin(6, 42);

        assertThat(rendered(template)).isEqualTo(first);
        assertThat(template.render(other)).isNotEqualTo(first);
        var words = first.split(" ", -1);
        assertThat(UUID.fromString(words[0]).version()).isEqualTo(4);
        assertThat(UUID.fromString(words[0]).variant()).isEqualTo(2);
        assertThat(Integer.parseInt(words[1])).isBetween(1, 6);
        assertThat(words[2]).isNotEqualTo(words[0]);
    }

    @Test
    void drawsEveryNumberOfARange() {
        var variables = variables();
        var template = Template.of("${random.int(-1,1)}");

        assertThat(IntStream.range(0, 200)
                        .mapToObj(_ -> template.render(variables))
                        .distinct())
                .containsExactlyInAnyOrder("-1", "0", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${",
                "a ${b",
                "${}",
                "${a b}",
                "${random.dice}",
                "${random.int(6,1)}",
                "${random.int(1)}",
                "${env:a-b}"
            })
    void refusesWhatIsNoTemplate(String text) {
        assertThatThrownBy(() -> Template.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.substring(text.indexOf("${")));
    }

    @Test
    void takesTheEnvironmentBeforehandAndShowsNothingOfIt() {
        var template = Template.ofHeader("Token ${env:SHOP_TOKEN} ${count}").within(_ -> Optional.of("s3cret"));

        assertThat(rendered(template)).isEqualTo("Token s3cret 12");
        assertThat(String.valueOf((Object) template)).doesNotContain("s3cret");
        assertThat(template.placeholders()).containsExactly(new Placeholder.Variable("count"));
        assertThatThrownBy(() -> Template.of("${env:NONE}").within(_ -> Optional.empty()))
                .hasMessageContaining("`NONE`");
    }
}
