package io.ordeal.campaign.system;

import io.ordeal.campaign.run.Cluster;
import io.ordeal.campaign.stack.EmbeddedStack;
import io.ordeal.campaign.stack.StackOptions;
import io.ordeal.runtime.kafka.Wire;
import java.time.Duration;

/// One embedded stack with the sample service for all tests of this JVM.
final class SharedStack {
    static final String TARGET = "sample-service";

    private static final EmbeddedStack STACK =
            EmbeddedStack.start(StackOptions.bare(4).withSampleService(TARGET));
    private static final Cluster CLUSTER = new Cluster(STACK.kafka(), Wire.open(STACK.kafka(), Duration.ofSeconds(10)));

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            CLUSTER.close();
            STACK.close();
        }));
    }

    private SharedStack() {}

    static EmbeddedStack stack() {
        return STACK;
    }

    static Cluster cluster() {
        return CLUSTER;
    }
}
