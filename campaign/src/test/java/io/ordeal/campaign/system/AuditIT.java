package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.audit.Difference;
import io.ordeal.campaign.audit.AuditReport;
import io.ordeal.campaign.audit.RunArchive;
import io.ordeal.campaign.cli.CommandLineInProcess;
import io.ordeal.campaign.run.CampaignRunner;
import io.ordeal.campaign.run.RunId;
import io.ordeal.schemas.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A real run, audited and judged anew by the commands.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditIT {
    private static final String RUN = RunId.next(new SecureRandom());

    @TempDir
    Path folder;

    @BeforeAll
    static void run() throws Exception {
        var plan = Campaigns.plan("""
            name: audited
            target: sample-service
            scenarios:
              read: {steps: [{get: /items/7}]}
            phases:
              - {name: warm-up, rate: 50/s, for: 1s, judged: false}
              - {name: steady, rate: 100/s, for: 3s}
            objectives:
              - p50 < 1s
              - errors < 1% per window
              - throughput > 10/s
            """);
        var address = SharedStack.stack().proxy(SharedStack.TARGET);
        try (var runner = new CampaignRunner(
                plan, RUN, address, address.resolve("/health"), SharedStack.cluster(), Clock.systemUTC())) {
            assertThat(runner.run().troubles()).isEmpty();
        }
    }

    @Test
    @Order(1)
    void whatWasToldOfARunIsWhatItsRecordsSay() {
        var report = AuditReport.of(RunArchive.read(SharedStack.cluster(), RUN).orElseThrow());

        assertThat(report.complete()).as("%s", report.lines()).isTrue();
        assertThat(report.archive().told().windows()).hasSizeGreaterThan(5);
        assertThat(report.differences().stream().map(Difference::text)).isEmpty();
        var audit = command("audit", RUN);
        assertThat(audit.exit()).as(audit.said()).isZero();
        assertThat(audit.said()).contains("window summaries").contains(report.line());
        assertThat(command("audit", RUN, "--json").said())
                .contains("\"equal\" : " + report.differences().isEmpty());
    }

    @Test
    @Order(2)
    void aRunIsJudgedByOtherObjectives() throws Exception {
        var pass = command("judge", RUN, "--objectives", file("- p95 < 5s\n- availability >= 99%"), "--json");
        assertThat(pass.exit()).as(pass.said()).isZero();
        assertThat(pass.said()).contains("\"verdict\":\"PASS\"");

        var fail = command("judge", RUN, "--objectives", file("objectives: [p50 < 1us]"), "--out", folder.toString());
        assertThat(fail.exit()).as(fail.said()).isEqualTo(99);
        assertThat(fail.said()).contains("FAIL").contains("p50 < 1us");
        assertThat(folder.resolve("verdicts.jsonl")).content().contains("RunVerdict");
    }

    @Test
    @Order(3)
    void objectivesThatDoNotFitTheRunAreRefusedAllAtOnce() throws Exception {
        var refused = command(
                "judge",
                RUN,
                "--objectives",
                file("- p95 < 5 parsecs\n- errors < 1% in nowhere\n- mean < 1s during f1"));
        assertThat(refused.exit()).as(refused.said()).isEqualTo(104);
        assertThat(refused.said()).contains("parsecs").contains("nowhere").contains("needs a fault");
    }

    @Test
    @Order(4)
    void aRunThatNobodyKnowsIsRefused() throws Exception {
        var audit = command("audit", "no-such-run");
        assertThat(audit.exit()).isEqualTo(104);
        assertThat(audit.said()).contains("no-such-run");
        assertThat(command("judge", "no-such-run", "--objectives", file("- p95 < 1s"))
                        .exit())
                .isEqualTo(104);
        assertThat(command("judge", RUN, "--objectives", "/no/such/file").exit())
                .isEqualTo(104);
    }

    @Test
    @Order(5)
    void saysWhichRecordsAreGone() throws Exception {
        forget(SharedStack.cluster().settings().topic(Topic.TIMINGS));

        var audit = command("audit", RUN);
        assertThat(audit.exit()).as(audit.said()).isEqualTo(111);
        assertThat(audit.said()).contains("gone").contains("timings, partition");
        assertThat(command("judge", RUN, "--objectives", file("- p95 < 1s")).exit())
                .isEqualTo(111);
    }

    private static void forget(String topic) throws Exception {
        try (var admin = Admin.create(SharedStack.cluster().settings().admin())) {
            var partitions = admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .flatMap(description -> description.partitions().stream())
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
            var ends = admin.listOffsets(partitions).all().get();
            admin.deleteRecords(ends.entrySet().stream()
                            .collect(Collectors.toMap(
                                    end -> end.getKey(),
                                    end -> RecordsToDelete.beforeOffset(
                                            end.getValue().offset()))))
                    .all()
                    .get();
        }
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("objectives.yaml"), text).toString();
    }

    private static CommandLineInProcess.Said command(String... arguments) {
        var settings = SharedStack.cluster().settings();
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of("--bootstrap-servers", settings.bootstrapServers(), "--registry-url", settings.registryUrl()));
        return CommandLineInProcess.run(all);
    }
}
