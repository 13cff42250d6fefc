package io.ordeal.campaign.run;

import java.util.random.RandomGenerator;

/// Names for runs: short enough to type, and practically never the same twice.
public final class RunId {
    /// Crockford's base 32: no letter that looks like another. https://www.crockford.com/base32.html
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private RunId() {}

    /// Returns a new name, for instance `k7xm-2q9d`: 40 random bits.
    public static String next(RandomGenerator random) {
        var name = new StringBuilder(9);
        for (int i = 0; i < 8; i++) {
            if (i == 4) {
                name.append('-');
            }
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
