package io.ordeal.sample.behaviour;

/// How much an inference generates, and how fast.
///
/// @param tokens how many where the request names none, 1 to 100,000
/// @param tokensPerSecond of one answer, above 0
public record InferencePace(int tokens, double tokensPerSecond) {

    /// The most tokens that one answer can have.
    public static final int MOST_TOKENS = 100_000;

    static InferencePace read(Fields fields) {
        InferencePace pace = new InferencePace(
                (int) fields.whole("tokens", 1, MOST_TOKENS), fields.number("tokensPerSecond", 0.1, 1_000_000));
        fields.refuseUnknown();
        return pace;
    }
}
