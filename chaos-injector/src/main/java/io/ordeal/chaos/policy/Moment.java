package io.ordeal.chaos.policy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/// A moment in the life of a process at which a fault can strike: when what is looked at matches.
///
/// Two of them are equal when they look at the same and their expressions have the same text; a [Pattern] equals only
/// itself.
public sealed interface Moment {
    /// Returns what is to be found in what is looked at.
    Pattern matches();

    /// The answer of a URL, asked again and again; loopback or the target's own host.
    record Answer(URI http, Pattern matches) implements Moment {
        @Override
        public boolean equals(Object other) {
            return other instanceof Answer(var url, var its) && url.equals(http) && same(its, matches);
        }

        @Override
        public int hashCode() {
            return Objects.hash(http, matches.pattern());
        }
    }

    /// The last lines of a file, such as a log: what is written after the fault began to wait.
    record Lines(Path file, Pattern matches) implements Moment {
        @Override
        public boolean equals(Object other) {
            return other instanceof Lines(var path, var its) && path.equals(file) && same(its, matches);
        }

        @Override
        public int hashCode() {
            return Objects.hash(file, matches.pattern());
        }
    }

    /// What a supervised process prints after the fault began to wait.
    record Output(Pattern matches) implements Moment {
        @Override
        public boolean equals(Object other) {
            return other instanceof Output(var its) && same(its, matches);
        }

        @Override
        public int hashCode() {
            return matches.pattern().hashCode();
        }
    }

    private static boolean same(Pattern one, Pattern other) {
        return one.pattern().equals(other.pattern()) && one.flags() == other.flags();
    }
}
