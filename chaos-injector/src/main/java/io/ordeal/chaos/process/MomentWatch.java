package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.Moment;
import java.nio.file.Path;
import java.time.Duration;

/// Watches for a moment in the life of a process, from [#begin] on.
interface MomentWatch {
    /// Returns the watch for `moment`.
    ///
    /// @param output where a supervised process prints to
    static MomentWatch of(Moment moment, Path output) {
        return switch (moment) {
            case Moment.Answer(var url, var matches) -> new AnswerWatch(url, matches);
            case Moment.Lines(var file, var matches) -> new LineWatch(file, matches);
            case Moment.Output(var matches) -> new LineWatch(output, matches);
        };
    }

    /// What was there before does not count any more.
    void begin();

    /// Whether it has come.
    ///
    /// @throws InjectionFailed when that cannot be told
    boolean come() throws InjectionFailed;

    /// Returns how long to wait between two looks.
    Duration pause();

    /// Returns what is looked at, for a dry run.
    String words();
}
