package io.ordeal.chaos.journal;

import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.container.RestoreLimits;
import io.ordeal.chaos.container.StartContainer;
import io.ordeal.chaos.container.UnpauseContainer;
import io.ordeal.chaos.network.RemoveClass;
import io.ordeal.chaos.network.RemoveTable;
import io.ordeal.chaos.process.ContinueProcess;
import io.ordeal.chaos.process.KillMarked;
import io.ordeal.chaos.process.RestoreLimit;
import io.ordeal.chaos.process.RestoreOomScore;
import io.ordeal.chaos.toxiproxy.RemoteToxic;
import io.ordeal.chaos.undo.Undo;
import java.util.ArrayList;
import java.util.List;

/// Reads what [Undo#words] has written. Every undo that there is has its line here.
final class UndoWords {
    private UndoWords() {}

    /// Returns the undo that `words` mean.
    ///
    /// @throws IllegalArgumentException when they mean none
    /// @throws IndexOutOfBoundsException when words are missing
    static Undo read(List<String> words) {
        var rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case Undo.WithInjector.WORD -> new Undo.WithInjector();
            case Undo.Several.WORD -> several(rest);
            case ContinueProcess.WORD -> ContinueProcess.read(rest);
            case KillMarked.WORD -> KillMarked.read(rest);
            case RestoreLimit.WORD -> RestoreLimit.read(rest);
            case RestoreOomScore.WORD -> RestoreOomScore.read(rest);
            case RemoteToxic.WORD -> RemoteToxic.read(rest);
            case RemoveTable.WORD -> RemoveTable.read(rest);
            case RemoveClass.WORD -> RemoveClass.read(rest);
            case StartContainer.WORD -> StartContainer.read(rest);
            case UnpauseContainer.WORD -> UnpauseContainer.read(rest);
            case RestoreLimits.WORD -> RestoreLimits.read(rest);
            case RestoreGroupLimit.WORD -> RestoreGroupLimit.read(rest);
            default -> throw new IllegalArgumentException("unknown undo " + words.getFirst());
        };
    }

    private static Undo several(List<String> words) {
        var parts = new ArrayList<Undo>();
        for (int at = 0; at < words.size(); ) {
            int count = Integer.parseInt(words.get(at));
            parts.add(read(words.subList(at + 1, at + 1 + count)));
            at += 1 + count;
        }
        return new Undo.Several(parts);
    }
}
