package io.ordeal.aggregator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.schemas.results.Saturation;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaturationFinderTest {
    @Test
    void namesTheFirstSampleInWhichEachReadingWasAtItsLimit() {
        var saturations = new Case(60)
                .reading("", "cpu", 0, 60, at -> at >= 20 ? 0.9 : 0.8999)
                .reading("", "memory", 0, 60, _ -> 0.9499)
                .reading("api", "open_files", 0, 60, at -> at >= 30 ? 950 : 949)
                .reading("api", "open_files_limit", 0, 60, _ -> 1000)
                .reading("api", "threads", 0, 60, _ -> 1e9)
                .judged()
                .saturations();

        var cpu = new Saturation("host/", "cpu", 0.9, 1, Micros.instant(Case.micros(20)));
        var files = new Saturation("host/api", "open_files", 950, 1000, Micros.instant(Case.micros(30)));
        assertThat(saturations.first()).isEqualTo(List.of(cpu, files));
        assertThat(saturations.before(Case.micros(20))).isEmpty();
        assertThat(saturations.before(Case.micros(21))).isEqualTo(List.of(cpu));
        assertThat(saturations.cause(Case.micros(40)))
                .isEqualTo("cpu of host/ was 0.9 of 1 at 2023-11-14T22:13:40Z;"
                        + " open_files of host/api was 950 of 1000 at 2023-11-14T22:13:50Z");
        assertThat(saturations.cause(0)).isEmpty();
    }

    @Test
    void aLimitCountsInTheSameSampleOnly() {
        var saturations = new Case(60)
                .reading("api", "connections", 0, 30, _ -> 100)
                .reading("api", "connections_limit", 30, 60, _ -> 100)
                .reading("other", "connections", 0, 60, _ -> 100)
                .reading("other", "connections_limit", 0, 60, _ -> 0)
                .judged()
                .saturations();
        assertThat(saturations.first()).isEmpty();
    }
}
