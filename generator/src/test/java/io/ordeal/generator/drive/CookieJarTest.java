package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CookieJarTest {
    private static final long NOW = 1_800_000_000_000_000_000L;
    private final CookieJar jar = new CookieJar("shop.example.com", false);

    private void take(String value) {
        jar.take(List.of(value), "/a/b?c=/d", NOW);
    }

    @Test
    void sendsACookieBelowItsFolder() {
        take("here=1");
        take("root=2; Path=/");

        assertThat(jar.header("/a/x?q", NOW)).contains("here=1; root=2");
        assertThat(jar.header("/ab", NOW)).contains("root=2");
    }

    @Test
    void replacesDropsAndForgets() {
        take("a=1; Path=/");
        take("a=2; Path=/");
        take("b=1; Path=/; Max-Age=10");

        assertThat(jar.header("/", NOW)).contains("a=2; b=1");
        assertThat(jar.header("/", NOW + 10_000_000_000L)).contains("a=2");
        take("a=; Path=/; Max-Age=0");
        assertThat(jar.header("/", NOW + 10_000_000_000L)).isEmpty();
        take("a=1; Path=/");
        jar.clear();
        assertThat(jar.header("/", NOW)).isEmpty();
    }

    @Test
    void takesADomainAboveItsHost() {
        take("a=1; Path=/; Domain=.example.com");

        assertThat(jar.header("/", NOW)).contains("a=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=1; Domain=other.com", "a=1; Domain=com", "a=1; Domain=x.shop.example.com", "a=1; Secure"})
    void ignoresWhatIsForOthers(String value) {
        take(value);

        assertThat(jar.header("/a/b", NOW)).isEmpty();
    }

    @Test
    void keepsAHundredAtMost() {
        for (int i = 0; i < 150; i++) {
            take("c" + i + "=1; Path=/");
        }

        assertThat(jar.header("/", NOW).orElseThrow()).startsWith("c50=1").endsWith("c149=1");
    }
}
