package io.ordeal.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/// Who may depend on whom.
class ArchitectureTest {
    private static final JavaClasses CODE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.ordeal");

    @Test
    void theContractKnowsNothingOfTheRest() {
        noClasses()
                .that()
                .resideInAPackage("io.ordeal.schemas..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.ordeal.runtime..",
                        "io.ordeal.generator..",
                        "io.ordeal.chaos..",
                        "io.ordeal.aggregator..",
                        "io.ordeal.campaign..",
                        "org.apache.kafka..",
                        "io.vertx..")
                .check(CODE);
    }

    @Test
    void onlyTheWirePackageKnowsBytes() {
        noClasses()
                .that()
                .resideInAPackage("io.ordeal.schemas..")
                .and()
                .resideOutsideOfPackage("io.ordeal.schemas.wire")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.avro..")
                .check(CODE);
    }

    @Test
    void theRuntimeKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage("io.ordeal.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.ordeal.generator..", "io.ordeal.chaos..", "io.ordeal.aggregator..", "io.ordeal.campaign..")
                .check(CODE);
    }

    @Test
    void theServicesMeetOnlyOnTopics() {
        apart("io.ordeal.generator..", "io.ordeal.chaos..", "io.ordeal.aggregator..", "io.ordeal.campaign..");
        apart("io.ordeal.chaos..", "io.ordeal.generator..", "io.ordeal.aggregator..", "io.ordeal.campaign..");
        apart("io.ordeal.aggregator..", "io.ordeal.generator..", "io.ordeal.chaos..", "io.ordeal.campaign..");
    }

    @Test
    void theSampleServiceIsAUsersOwn() {
        apart(
                "io.ordeal.sample..",
                "io.ordeal.schemas..",
                "io.ordeal.runtime..",
                "io.ordeal.generator..",
                "io.ordeal.chaos..",
                "io.ordeal.aggregator..",
                "io.ordeal.campaign..");
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ordeal.sample..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ordeal.sample..")
                .check(CODE);
    }

    @Test
    void nativeCodeLivesInOnePlacePerLibrary() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.CudaDriver([$].*)?")
                .and()
                .resideOutsideOfPackages("io.ordeal.chaos.posix", "io.ordeal.sample..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(CODE);
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ordeal.campaign.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CODE);
    }

    @Test
    void thePlannerIsPure() {
        pure("io.ordeal.campaign.document", "io.ordeal.campaign.plan");
    }

    @Test
    void theScheduleIsPure() {
        pure("io.ordeal.generator.schedule");
    }

    @Test
    void whatUsersDoIsDecidedByAPureCore() {
        pure("io.ordeal.generator.user");
    }

    @Test
    void theJudgeIsPure() {
        pure("io.ordeal.aggregator.judge", "io.ordeal.aggregator.statistics");
    }

    @Test
    void theAuditIsPureAndSharesNoJudgingWithTheAggregator() {
        pure("io.ordeal.aggregator.audit");
        apart(
                "io.ordeal.aggregator.audit",
                "io.ordeal.aggregator",
                "io.ordeal.aggregator.judge..",
                "io.ordeal.aggregator.window..");
        noClasses()
                .that()
                .resideInAPackage("io.ordeal.aggregator.audit")
                .should()
                .dependOnClassesThat(resideInAPackage("io.ordeal.aggregator.statistics")
                        .and(not(simpleName("Trend")
                                .or(simpleName("Series"))
                                .or(simpleName("Proportions"))
                                .or(simpleName("Interval")))))
                .check(CODE);
    }

    @Test
    void whatQueriesAskForIsAPureCore() {
        pure("io.ordeal.aggregator.query");
    }

    @Test
    void faultsAreReadByAPureCore() {
        pure("io.ordeal.chaos.fault");
    }

    private static void apart(String one, String... others) {
        noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CODE);
    }

    /// A core decides: it reads no clock, and touches no thread, file, socket, broker or event loop.
    private static void pure(String... packages) {
        noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net.http..",
                        "java.util.concurrent",
                        "org.apache.kafka..",
                        "io.vertx..",
                        "io.netty..",
                        "org.slf4j..")
                .check(CODE);
        noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CODE);
    }
}
