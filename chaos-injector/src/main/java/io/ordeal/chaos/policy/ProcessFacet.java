package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the process of a target is known.
public sealed interface ProcessFacet extends TargetFacet {
    @Override
    default Facet facet() {
        return Facet.PROCESS;
    }

    /// Returns the moments of its life that a crash can name.
    Map<String, Moment> moments();

    /// A program that the injector starts, keeps running and ends with itself.
    ///
    /// @param command the program and its arguments, never passed through a shell
    /// @param directory its working directory; absent: ours
    /// @param environment added to our environment
    /// @param ready how to see that it serves; absent: it is ready when it runs
    record Supervised(
            List<String> command,
            Optional<Path> directory,
            Map<String, String> environment,
            Optional<Readiness> ready,
            Map<String, Moment> moments)
            implements ProcessFacet {
        public Supervised {
            moments = Map.copyOf(moments);
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new IllegalArgumentException("a supervised process needs a command");
            }
        }
    }

    /// A program that somebody else starts, and restarts after a kill.
    ///
    /// @param file holds its pid in decimal
    record PidFile(Path file, Map<String, Moment> moments) implements ProcessFacet {
        public PidFile {
            moments = Map.copyOf(moments);
        }
    }

    /// A question that a serving process answers.
    ///
    /// @param url answers with a status of 200 to 399 when ready
    /// @param timeout how long a start may take
    record Readiness(URI url, Duration timeout) {
        /// The time that a start may take where nothing is said.
        public static final Duration USUAL = Duration.ofMinutes(1);

        public Readiness {
            if (!"http".equals(url.getScheme()) || url.getHost() == null) {
                throw new IllegalArgumentException("not an http URL: " + url);
            }
            if (!timeout.isPositive()) {
                throw new IllegalArgumentException("timeout must be above 0");
            }
        }
    }
}
