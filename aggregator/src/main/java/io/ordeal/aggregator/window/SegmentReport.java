package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.Account;
import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import java.util.NavigableSet;
import java.util.TreeSet;

/// How far a segment has come, and its account so far.
///
/// @param watermark microseconds since the epoch: everything that ended before has been handed on
/// @param finished whether it has made all its load
/// @param silent whether it has said nothing for the length of the bounded wait
/// @param instances the generators that drove it
/// @param handovers changes of its owner that left time undriven
public record SegmentReport(
        int segment,
        long watermark,
        boolean finished,
        boolean silent,
        Account account,
        NavigableSet<String> instances,
        long handovers) {

    /// Writes it.
    public void write(ByteWriter out) {
        out.number(segment).number(watermark).flag(finished).flag(silent);
        account.write(out);
        out.number(instances.size());
        instances.forEach(out::text);
        out.number(handovers);
    }

    /// Reads what [#write] has written.
    public static SegmentReport read(ByteReader in) {
        int segment = in.integer();
        long watermark = in.number();
        boolean finished = in.flag();
        boolean silent = in.flag();
        var account = Account.read(in);
        var instances = new TreeSet<String>();
        for (int left = in.integer(); left > 0; left--) {
            instances.add(in.text());
        }
        return new SegmentReport(segment, watermark, finished, silent, account, instances, in.number());
    }
}
