package io.ordeal.campaign.read;

import java.util.Map;
import java.util.Set;

/// Reports settings of a phase that belong to another load model than the one it has.
final class Belonging {
    private static final String STEPS = "a way from one number to another";

    private static final Map<String, Set<String>> MODELS = Map.of(
            "max-in-flight", Set.of("rate", "arrivals"),
            "poisson", Set.of("rate", "arrivals"),
            "iterations", Set.of("users"),
            "step", Set.of("users", "rate"),
            "every", Set.of("users", "rate"));

    private final Fields fields;
    private final Problems problems;

    Belonging(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /// Reports what does not belong to the model of `load`, an entry of `users`, `rate` or `arrivals`.
    void check(Yaml.Entry load) {
        MODELS.keySet().stream()
                .sorted()
                .forEach(key -> fields.entry(key)
                        .filter(_ -> !MODELS.getOrDefault(key, Set.of()).contains(load.key()))
                        .ifPresent(
                                entry -> problems.add(foreign(entry, words(key), "this phase has `" + load.key() + "`")
                                        .also(load.keyPlace(), "what the phase has")
                                        .noting(help(key)))));
    }

    /// Reports `step` and `every` of a load that stays the same.
    void notSteps() {
        for (var key : new String[] {"step", "every", "until"}) {
            refuse(key, STEPS, "this phase stays at one", "help: write for instance `50 -> 500`");
        }
    }

    /// Reports `until` of a way without steps, or of arrivals.
    void notUntil() {
        refuse("until", "steps", "this phase takes none", "help: add `step` and `every`, or leave `until` out");
    }

    /// Reports `iterations` of users that come and go.
    void notIterations() {
        refuse(
                "iterations",
                "a constant number of `users`",
                "the `users` of this phase change",
                "help: write for instance `users: 10`");
    }

    /// Reports `poisson` of arrivals at once.
    void notAtRandom() {
        refuse(
                "poisson",
                "arrivals over time",
                "these `arrivals` come at once",
                "help: leave `at once` or `poisson` out");
    }

    private void refuse(String key, String owner, String instead, String help) {
        fields.entry(key)
                .ifPresent(entry -> problems.add(foreign(entry, owner, instead).noting(help)));
    }

    private static DocumentProblem foreign(Yaml.Entry entry, String owner, String instead) {
        return new DocumentProblem(
                Code.EITHER_OR, "`" + entry.key() + "` belongs to " + owner + ", " + instead, entry.keyPlace());
    }

    private static String words(String key) {
        return switch (key) {
            case "iterations" -> "`users`";
            case "step", "every" -> "`users` or `rate`";
            default -> "`rate` or `arrivals`";
        };
    }

    private static String help(String key) {
        return switch (key) {
            case "max-in-flight" -> "help: with users, no more iterations are under way than there are users";
            case "poisson" -> "help: users begin when the answer to their last request is there, not at instants";
            case "iterations" -> "help: with a rate, the duration says how many there are";
            default -> "help: arrivals are spread evenly over the phase";
        };
    }
}
