package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.Account;
import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How far the segments of a run have come, and which of them never reported.
final class Segments {
    private final int planned;
    private final TreeMap<Integer, SegmentReport> reports = new TreeMap<>();
    private final NavigableSet<Integer> absent = new TreeSet<>();

    /// @param planned how many there are by plan
    Segments(int planned) {
        this.planned = planned;
    }

    void add(SegmentReport report) {
        reports.put(report.segment(), report);
        absent.remove(report.segment());
    }

    /// Counts those that have not reported as absent.
    void missing() {
        for (int segment = 0; segment < planned; segment++) {
            if (!reports.containsKey(segment)) {
                absent.add(segment);
            }
        }
    }

    boolean isEmpty() {
        return reports.isEmpty();
    }

    NavigableSet<Integer> absent() {
        return Collections.unmodifiableNavigableSet(absent);
    }

    /// Whether all are there and finished.
    boolean finished() {
        return reports.size() == planned && reports.values().stream().allMatch(SegmentReport::finished);
    }

    /// Returns what every segment that still speaks has passed. When none does, everything there is may close.
    long watermark() {
        if (reports.size() + absent.size() < planned) {
            return Long.MIN_VALUE;
        }
        return reports.values().stream()
                .filter(report -> !report.finished() && !report.silent())
                .mapToLong(SegmentReport::watermark)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /// Whether every segment has handed on what ended before `end`.
    boolean complete(long end) {
        return absent.isEmpty()
                && reports.values().stream()
                        .allMatch(report -> report.finished() || (!report.silent() && report.watermark() >= end));
    }

    Account account() {
        return reports.values().stream().map(SegmentReport::account).reduce(Account.NONE, Account::plus);
    }

    /// Returns the generators that drove them.
    NavigableSet<String> instances() {
        var instances = new TreeSet<String>();
        reports.values().forEach(report -> instances.addAll(report.instances()));
        return instances;
    }

    /// Returns those that reported, but not their end.
    NavigableSet<Integer> unfinished() {
        var unfinished = new TreeSet<Integer>();
        reports.values().stream()
                .filter(report -> !report.finished())
                .forEach(report -> unfinished.add(report.segment()));
        return unfinished;
    }

    long handovers() {
        return reports.values().stream().mapToLong(SegmentReport::handovers).sum();
    }

    void write(ByteWriter out) {
        out.number(reports.size());
        reports.values().forEach(report -> report.write(out));
        out.number(absent.size());
        absent.forEach(out::number);
    }

    void read(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            var report = SegmentReport.read(in);
            reports.put(report.segment(), report);
        }
        for (int left = in.integer(); left > 0; left--) {
            absent.add(in.integer());
        }
    }
}
