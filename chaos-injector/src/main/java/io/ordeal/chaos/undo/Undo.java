package io.ordeal.chaos.undo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How something is taken back by whoever reads the journal: the injector, or the guard when the injector is gone.
/// Each can be done any number of times, by both at once, and before what it takes back was done.
///
/// It is written as words, and runs in the guard's small JVM: what it calls must be light.
public interface Undo {
    /// Takes it back.
    ///
    /// @throws IllegalStateException when the system does not let us
    void perform();

    /// Whether nothing of it is left.
    boolean done();

    /// Returns what shows that nothing is left, for the event about it.
    Map<String, String> evidence();

    /// Returns it as words: the first one is its kind, the journal reads them.
    List<String> words();

    /// Whether there is anything for a guard to do.
    default boolean forGuard() {
        return true;
    }

    /// It ends with the injector's process by itself.
    record WithInjector() implements Undo {
        /// Its kind.
        public static final String WORD = "with-injector";

        @Override
        public void perform() {
            // nothing outlives the process
        }

        @Override
        public boolean done() {
            return true;
        }

        @Override
        public Map<String, String> evidence() {
            return Map.of("ended_with", "the injector's process");
        }

        @Override
        public List<String> words() {
            return List.of(WORD);
        }

        @Override
        public boolean forGuard() {
            return false;
        }
    }

    /// Several undoes, done in order; one that fails does not keep the others from being done.
    record Several(List<Undo> parts) implements Undo {
        /// Its kind.
        public static final String WORD = "several";

        public Several {
            parts = List.copyOf(parts);
        }

        @Override
        public void perform() {
            var problems = new ArrayList<String>();
            for (var part : parts) {
                try {
                    part.perform();
                } catch (RuntimeException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException(String.join("; ", problems));
            }
        }

        @Override
        public boolean done() {
            return parts.stream().allMatch(Undo::done);
        }

        @Override
        public Map<String, String> evidence() {
            var evidence = new LinkedHashMap<String, String>();
            parts.forEach(part -> evidence.putAll(part.evidence()));
            return evidence;
        }

        /// The number of words stands before the words of each part, so that parts can hold parts.
        @Override
        public List<String> words() {
            var words = new ArrayList<String>();
            words.add(WORD);
            for (var part : parts) {
                words.add(String.valueOf(part.words().size()));
                words.addAll(part.words());
            }
            return words;
        }

        @Override
        public boolean forGuard() {
            return parts.stream().anyMatch(Undo::forGuard);
        }
    }
}
