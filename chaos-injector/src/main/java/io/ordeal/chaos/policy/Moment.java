package io.ordeal.chaos.policy;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A moment in the life of a process at which a fault can strike: when what is looked at matches.
public sealed interface Moment {
    /// Returns what is to be found in what is looked at.
    Pattern matches();

    /// The answer of a URL, asked again and again; loopback or the target's own host.
    record Answer(URI http, Pattern matches) implements Moment {}

    /// The last lines of a file, such as a log: what is written after the fault began to wait.
    record Lines(Path file, Pattern matches) implements Moment {}

    /// What a supervised process prints after the fault began to wait.
    record Output(Pattern matches) implements Moment {}
}
