package io.ordeal.schemas.objective;

import java.util.Optional;

/// What stands after the limit.
///
/// @param on the target of a reading, or [#ANY]
record Clauses(Scope scope, Form form, Optional<String> on, Optional<Long> least) {
    /// Every target that has the reading.
    static final String ANY = "any";

    /// Reads all that is left of `phrase`.
    ///
    /// @param known what may stand there, for messages
    static Clauses read(Phrase phrase, String known) {
        var reader = new Reader(phrase);
        while (!phrase.ended()) {
            reader.clause(known);
        }
        return reader.clauses();
    }

    private static final class Reader {
        private final Phrase phrase;
        private Optional<String> phase = Optional.empty();
        private Optional<Scope.Interval> interval = Optional.empty();
        private Optional<Scope.Tag> tag = Optional.empty();
        private Optional<Form> form = Optional.empty();
        private Optional<String> on = Optional.empty();
        private Optional<Long> least = Optional.empty();

        Reader(Phrase phrase) {
            this.phrase = phrase;
        }

        Clauses clauses() {
            var scope = new Scope(phase, interval.orElse(new Scope.Whole()), tag);
            return new Clauses(scope, form.orElse(Form.OVER_ALL), on, least);
        }

        void clause(String known) {
            var word = phrase.next("a clause");
            switch (word) {
                case "in" -> phase = once(phase, phrase.next("the name of a phase after `in`"), "which phase counts");
                case "outside" -> {
                    phrase.expect("faults", "outside");
                    interval = once(interval, new Scope.OutsideFaults(), "which faults count");
                }
                case "during" ->
                    interval = once(interval, new Scope.DuringFaults(fault("during")), "which faults count");
                case "after" -> interval = once(interval, new Scope.AfterFaults(fault("after")), "which faults count");
                case "tagged" -> tag = once(tag, tag(), "which tag counts");
                case "on" ->
                    on = once(on, phrase.next("the name of a target, or `any`, after `on`"), "on which target");
                case "with" -> least = once(least, least(), "how many requests it takes");
                case "per" -> {
                    phrase.expect("window", "per");
                    form = once(form, Form.PER_WINDOW, "how windows are judged");
                }
                case "as" -> {
                    phrase.expect("budget", "as");
                    form = once(form, Form.BUDGET, "how windows are judged");
                }
                default ->
                    throw phrase.problem("`" + word + "` is not understood; after the limit may stand: " + known);
            }
        }

        private Optional<String> fault(String preposition) {
            var word = phrase.next("`faults` or the id of a fault after `" + preposition + "`");
            return word.equals("faults") ? Optional.empty() : Optional.of(word);
        }

        private Scope.Tag tag() {
            var word = phrase.next("`KEY=VALUE` after `tagged`");
            int at = word.indexOf('=');
            if (at <= 0 || at == word.length() - 1) {
                throw phrase.problem("`" + word + "` is no tag; write for instance `tagged tier=gold`");
            }
            return new Scope.Tag(word.substring(0, at), word.substring(at + 1));
        }

        private long least() {
            var word = phrase.next("a number of requests after `with`");
            var number = Quantity.parse(word)
                    .filter(quantity -> quantity.unit().isEmpty()
                            && quantity.number() >= 1
                            && quantity.number() == Math.rint(quantity.number()))
                    .orElseThrow(() -> phrase.problem(
                            "`" + word + "` is no number of requests; write for instance `with 500 requests`"));
            phrase.expect("requests", "with " + word);
            return (long) number.number();
        }

        private <T> Optional<T> once(Optional<T> before, T now, String what) {
            if (before.isPresent()) {
                throw phrase.problem("it says more than once " + what);
            }
            return Optional.of(now);
        }
    }
}
