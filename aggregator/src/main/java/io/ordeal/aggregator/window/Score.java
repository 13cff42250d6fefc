package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Evidence;
import io.ordeal.aggregator.judge.Finding;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.RunRecord;
import io.ordeal.aggregator.judge.Worst;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WorstWindow;
import java.util.Optional;

/// How one objective fared in the windows in its scope.
final class Score {
    private final Comparison comparison;
    private final Worst failures;
    private long windows;
    private long failed;
    private long inconclusive;
    private long samples;
    private boolean observed;
    private double worst;

    Score(Comparison comparison) {
        this.comparison = comparison;
        this.failures = new Worst(comparison);
    }

    /// Adds what was found in the window that starts at `start`, microseconds since the epoch.
    void add(long start, Finding finding) {
        windows++;
        samples += finding.samples();
        failed += finding.verdict() == Verdict.FAIL ? 1 : 0;
        inconclusive += finding.verdict() == Verdict.INCONCLUSIVE ? 1 : 0;
        finding.observed().ifPresent(value -> {
            boolean worse = comparison.bounded() ? value > worst : value < worst;
            worst = !observed || worse ? value : worst;
            observed = true;
            if (finding.verdict() == Verdict.FAIL) {
                failures.add(new WorstWindow(Micros.instant(start), value));
            }
        });
    }

    RunRecord.Trial trial(Evidence evidence) {
        return new RunRecord.Trial(
                evidence,
                windows,
                failed,
                inconclusive,
                observed ? Optional.of(worst) : Optional.empty(),
                failures.all(),
                samples);
    }

    void write(ByteWriter out) {
        out.number(windows).number(failed).number(inconclusive).number(samples);
        out.flag(observed).real(worst).number(failures.all().size());
        failures.all().forEach(window -> out.number(Micros.of(window.start())).real(window.observed()));
    }

    void read(ByteReader in) {
        windows = in.number();
        failed = in.number();
        inconclusive = in.number();
        samples = in.number();
        observed = in.flag();
        worst = in.real();
        for (int left = in.integer(); left > 0; left--) {
            failures.add(new WorstWindow(Micros.instant(in.number()), in.real()));
        }
    }
}
