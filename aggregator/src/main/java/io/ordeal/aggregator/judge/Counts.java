package io.ordeal.aggregator.judge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Counts of values in the buckets of an HdrHistogram with 3 significant digits from 0 to 1 h of microseconds.
///
/// Bucket for bucket the same as HdrHistogram's, and encoded as one for everyone else (see [Histograms]). It is its
/// own
/// class because recording, adding and writing of mostly empty histograms is what the aggregator does all day
/// (docs/adr/0011): pages of buckets exist only where values are, and only counts that are not 0 are written.
public final class Counts {
    private static final int PAGE_BITS = 10;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final long SUB_BUCKET_MASK = 2 * PAGE - 1;
    private static final int LEADING_ZEROS = Long.SIZE - PAGE_BITS - 1;
    private static final int PAGES = (index(Histograms.CEILING) >> PAGE_BITS) + 1;

    private final long[] @Nullable [] pages = new long[PAGES] @Nullable [];
    private long total;

    /// Takes each bucket that is not empty.
    public interface Visitor {
        /// A bucket holds `count` values from `lowest` to `highest`.
        void bucket(long lowest, long highest, long count);
    }

    /// Counts `value` once, clamped to the range.
    public void record(long value) {
        add(index(Math.clamp(value, 0, Histograms.CEILING)), 1);
    }

    /// Counts `value` as often as `count` says, clamped to the range.
    public void record(long value, long count) {
        add(index(Math.clamp(value, 0, Histograms.CEILING)), count);
    }

    private void add(int index, long count) {
        var page = pages[index >> PAGE_BITS];
        if (page == null) {
            page = new long[PAGE];
            pages[index >> PAGE_BITS] = page;
        }
        page[index & (PAGE - 1)] += count;
        total += count;
    }

    /// Adds the counts of `other`.
    public void add(Counts other) {
        for (int i = 0; i < PAGES; i++) {
            var theirs = other.pages[i];
            if (theirs == null) {
                continue;
            }
            var ours = pages[i];
            if (ours == null) {
                pages[i] = Arrays.copyOf(theirs, PAGE);
            } else {
                for (int j = 0; j < PAGE; j++) {
                    ours[j] += theirs[j];
                }
            }
        }
        total += other.total;
    }

    /// Returns how many values were counted.
    public long total() {
        return total;
    }

    /// Returns the upper edge of the bucket with the value that `rank` percent do not exceed, 0 where there is none.
    public long percentile(double rank) {
        return at(total == 0 ? 0 : ranked(rank, total));
    }

    /// Returns the upper edge of the bucket with the `rank`-th smallest value, 0 where there is none.
    public long at(long rank) {
        long left = rank;
        for (int i = 0; i < PAGES && total > 0; i++) {
            var page = pages[i];
            for (int j = 0; page != null && j < PAGE; j++) {
                left -= page[j];
                if (left <= 0) {
                    return highest((i << PAGE_BITS) + j);
                }
            }
        }
        return 0;
    }

    /// Returns how many values must not exceed the value at `rank` percent of `total`, rounded as HdrHistogram does.
    static long ranked(double rank, long total) {
        double percent = Math.clamp(Math.nextAfter(rank, Double.NEGATIVE_INFINITY), 0.0, 100.0);
        return Math.max((long) Math.ceil(percent * total / 100.0), 1);
    }

    /// Returns how many values are in buckets below the one of `value`, and in that one too where `inclusive`.
    public long below(long value, boolean inclusive) {
        int end = index(Math.clamp(value, 0, Histograms.CEILING)) + (inclusive ? 1 : 0);
        long sum = 0;
        for (int i = 0; i < PAGES; i++) {
            var page = pages[i];
            for (int j = 0; page != null && j < PAGE && (i << PAGE_BITS) + j < end; j++) {
                sum += page[j];
            }
        }
        return sum;
    }

    /// Returns the upper edge of the bucket of `value`.
    public static long highest(long value) {
        return highest(index(Math.clamp(value, 0, Histograms.CEILING)));
    }

    /// Visits the buckets that are not empty, in order.
    public void forEach(Visitor visitor) {
        for (int i = 0; i < PAGES; i++) {
            var page = pages[i];
            for (int j = 0; page != null && j < PAGE; j++) {
                if (page[j] != 0) {
                    int index = (i << PAGE_BITS) + j;
                    visitor.bucket(lowest(index), highest(index), page[j]);
                }
            }
        }
    }

    /// Writes the counts: for each that is not 0 the distance to the one before, and itself; 0 ends them.
    public void write(ByteWriter out) {
        int last = -1;
        for (int i = 0; i < PAGES; i++) {
            var page = pages[i];
            for (int j = 0; page != null && j < PAGE; j++) {
                if (page[j] != 0) {
                    int index = (i << PAGE_BITS) + j;
                    out.number(index - last).number(page[j]);
                    last = index;
                }
            }
        }
        out.number(0);
    }

    /// Adds what [#write] has written.
    public void addFrom(ByteReader in) {
        int index = -1;
        for (int step = in.integer(); step != 0; step = in.integer()) {
            index += step;
            add(index, in.number());
        }
    }

    private static int index(long value) {
        int bucket = LEADING_ZEROS - Long.numberOfLeadingZeros(value | SUB_BUCKET_MASK);
        return ((bucket + 1) << PAGE_BITS) + (int) (value >>> bucket) - PAGE;
    }

    private static long lowest(int index) {
        int bucket = (index >> PAGE_BITS) - 1;
        long sub = index & (PAGE - 1);
        return bucket < 0 ? sub : (sub + PAGE) << bucket;
    }

    private static long highest(int index) {
        int bucket = Math.max((index >> PAGE_BITS) - 1, 0);
        return lowest(index) + (1L << bucket) - 1;
    }
}
