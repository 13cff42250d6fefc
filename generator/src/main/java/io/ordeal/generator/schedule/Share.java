package io.ordeal.generator.schedule;

/// The part of a run that one segment drives: of arrivals and users numbered 0, 1, 2 ... those that leave remainder
/// `segment` when divided by `segments`. The shares of all segments together are everything, each thing once.
///
/// @param segment 0-based
/// @param segments how many there are
public record Share(int segment, int segments) {
    public Share {
        if (segments < 1 || segment < 0 || segment >= segments) {
            throw new IllegalArgumentException("segment " + segment + " of " + segments + " does not exist");
        }
    }

    /// Returns the least number of this share that is not below `number`.
    public long from(long number) {
        return number + Math.floorMod(segment - number, (long) segments);
    }

    /// Returns how many numbers below `total` belong to this share.
    public long of(long total) {
        return total <= segment ? 0 : (total - segment - 1) / segments + 1;
    }

    /// Returns the number that stands at `place` in this share.
    public long at(long place) {
        return place * segments + segment;
    }
}
