package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Evidence;
import io.ordeal.aggregator.judge.Finding;
import io.ordeal.aggregator.judge.RunRecord;
import io.ordeal.schemas.objective.Objective;
import java.util.Optional;

/// How one objective fared in the windows in its scope.
final class Score {
    private long windows;
    private long failed;
    private long inconclusive;
    private long samples;
    private boolean observed;
    private double worst;

    void add(Objective objective, Finding finding) {
        windows++;
        samples += finding.samples();
        switch (finding.verdict()) {
            case PASS -> {}
            case FAIL -> failed++;
            case INCONCLUSIVE -> inconclusive++;
            case WARN -> {}
        }
        finding.observed().ifPresent(value -> {
            boolean worse = objective.comparison().bounded() ? value > worst : value < worst;
            worst = !observed || worse ? value : worst;
            observed = true;
        });
    }

    RunRecord.Trial trial(Evidence evidence) {
        return new RunRecord.Trial(
                evidence, windows, failed, inconclusive, observed ? Optional.of(worst) : Optional.empty(), samples);
    }

    void write(ByteWriter out) {
        out.number(windows)
                .number(failed)
                .number(inconclusive)
                .number(samples)
                .flag(observed)
                .real(worst);
    }

    void read(ByteReader in) {
        windows = in.number();
        failed = in.number();
        inconclusive = in.number();
        samples = in.number();
        observed = in.flag();
        worst = in.real();
    }
}
