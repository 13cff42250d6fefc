package io.ordeal.chaos.injection;

import io.ordeal.chaos.undo.Undo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A fault in the world. First [#act], then [#see]; from then on, or instead, [#revert] and [#seeGone].
///
/// The first two run on one thread, which is interrupted when the fault is to end; the last two run after it has
/// ended.
public interface Injection {
    /// Returns how it is undone without the injector; written to the journal before anything else.
    Undo undo();

    /// Returns what [#act] will do, in order, for a dry run: external commands with their arguments, signals with their
    /// process, values with their file. Changes nothing.
    List<String> steps();

    /// Does it, quickly, and returns when it began to act.
    ///
    /// @throws InjectionFailed when it cannot be done; some of it may be done
    /// @throws InterruptedException when the fault is to end
    Instant act() throws InjectionFailed, InterruptedException;

    /// Waits for the effect and returns what was measured.
    ///
    /// @throws InjectionFailed when it does not show
    /// @throws InterruptedException when the fault is to end
    Map<String, String> see() throws InjectionFailed, InterruptedException;

    /// Makes it absent, also when it is half done or not done; doing so again is harmless.
    ///
    /// @throws InjectionFailed when something of it is left
    void revert() throws InjectionFailed, InterruptedException;

    /// Waits until nothing of it shows and returns what was measured.
    ///
    /// @throws InjectionFailed when it still shows
    Map<String, String> seeGone() throws InjectionFailed, InterruptedException;
}
