package io.ordeal.campaign.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the installed parts lie that run as programs of their own.
///
/// @param registry the folder of the schema registry's distribution
/// @param sampleService the folder with the sample service's jar and its libraries in `lib`
public record Home(Path registry, Path sampleService) {
    /// Finds them by the system properties that the launcher sets: `ordeal.home` and `ordeal.sample-service`.
    ///
    /// @throws IllegalStateException when something is not there; the message says what and how to get it
    public static Home find() {
        return new Home(
                existing("ordeal.home", "registry", "quarkus-run.jar"), existing("ordeal.sample-service", "", "lib"));
    }

    /// Returns the command that runs the sample service with `options`.
    ///
    /// @throws IllegalStateException when it is not there
    public static List<String> sampleServiceCommand(List<String> options) {
        return SampleService.command(existing("ordeal.sample-service", "", "lib"), options);
    }

    private static Path existing(String property, String folder, String content) {
        var value = System.getProperty(property, "");
        var path = Path.of(value).resolve(folder);
        if (value.isEmpty() || !Files.exists(path.resolve(content))) {
            throw new IllegalStateException(
                    "the embedded stack needs " + path.resolve(content) + ", which is not there;"
                            + " start Ordeal by ./ordeal, which builds it, or name a running stack with"
                            + " --bootstrap-servers and --registry-url");
        }
        return path;
    }
}
