package io.ordeal.campaign.cli;

import io.ordeal.campaign.document.Target;
import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.run.Cluster;
import io.ordeal.campaign.stack.EmbeddedStack;
import io.ordeal.campaign.stack.StackOptions;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.runtime.kafka.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where a run happens: on a stack of its own, or on a cluster that is there.
sealed interface RunPlace extends AutoCloseable {
    /// Returns the broker and the registry.
    Cluster cluster();

    /// Returns where load goes for the target of `plan`.
    URI address(Plan plan);

    /// Returns what is asked whether the service answers at all: the base address, and of the sample service a path
    /// that
    /// it does not count, so that its count and ours can be compared to the request.
    default URI health(Plan plan) {
        return plan.campaign().target() instanceof Target.SampleService
                ? address(plan).resolve("/health")
                : address(plan);
    }

    /// Returns where `run` can be looked at while it goes on, where that is known.
    Optional<URI> livePage(String run);

    @Override
    void close();

    /// A stack that was started for this run and ends with it.
    record Embedded(EmbeddedStack stack, Cluster cluster) implements RunPlace {
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        /// Starts the stack that `plan` needs.
        static Embedded start(Plan plan, InjectorConfiguration injector) {
            var options = new StackOptions(plan.campaign().settings().segments(), Optional.empty(), injector, true);
            var stack = EmbeddedStack.start(
                    plan.campaign().target() instanceof Target.SampleService
                            ? options.withSampleService(Target.SAMPLE_SERVICE)
                            : options);
            try {
                return new Embedded(stack, new Cluster(stack.kafka(), Wire.open(stack.kafka(), PATIENCE)));
            } catch (RuntimeException e) {
                stack.close();
                throw e;
            }
        }

        @Override
        public URI address(Plan plan) {
            return switch (plan.campaign().target()) {
                case Target.SampleService _ -> stack.proxy(Target.SAMPLE_SERVICE);
                case Target.Injected(var name) -> stack.proxy(name);
                case Target.Address(var address) -> address;
            };
        }

        @Override
        public Optional<URI> livePage(String run) {
            return Optional.of(stack.livePage().resolve("/runs/" + run + "/live"));
        }

        @Override
        public void close() {
            cluster.close();
            stack.close();
        }
    }

    /// A cluster with services that others run.
    record Remote(Cluster cluster) implements RunPlace {
        static Remote connect(KafkaSettings settings) {
            return new Remote(Cluster.connect(settings));
        }

        @Override
        public URI address(Plan plan) {
            return switch (plan.campaign().target()) {
                case Target.Address(var address) -> address;
                case Target.SampleService _, Target.Injected _ ->
                    throw new IllegalStateException(
                            "on a running cluster the target is an address as the generators see it: add"
                                    + " --set target=http://HOST:PORT (of the injector's proxy, for network faults)");
            };
        }

        /// Which of its aggregators can be reached from here, and under which name, only its users know.
        @Override
        public Optional<URI> livePage(String run) {
            return Optional.empty();
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
