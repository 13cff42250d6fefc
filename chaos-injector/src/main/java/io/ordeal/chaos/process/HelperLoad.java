package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a helper program does to a resource, and how that is measured.
public interface HelperLoad {
    /// Returns the command that starts the helper; with a time limit of its own.
    List<String> command();

    /// Measures what is there before the helper starts.
    ///
    /// @throws InjectionFailed when the helper must not start
    void before() throws InjectionFailed, InterruptedException;

    /// Measures the effect and returns it, or empty while it does not show.
    ///
    /// @throws InjectionFailed when it never will
    Optional<Map<String, String>> shown(HelperProgram helper) throws InjectionFailed, InterruptedException;

    /// Returns what [#shown] saw last in place of the effect.
    String missing();

    /// Returns how long the effect may take to show.
    Duration patience();

    /// Returns what is measured when the helper has ended, or empty while its effect still shows.
    Optional<Map<String, String>> after() throws InjectionFailed, InterruptedException;
}
