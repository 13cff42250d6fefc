package io.ordeal.chaos.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.RestartPolicy;
import java.util.Objects;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.ImageFromDockerfile;

/// A container of a test, in a network of its own. Needs an engine; `.ci/run` starts one.
public final class SmallContainer implements AutoCloseable {
    /// What `.ci/run` has made where no image can be pulled.
    private static final String BASE =
            Optional.ofNullable(System.getenv("ORDEAL_TEST_BASE_IMAGE")).orElse("debian:trixie-slim");

    private static final ImageFromDockerfile IMAGE = new ImageFromDockerfile("ordeal-test/container", false)
            .withFileFromClasspath("Dockerfile", "container/Dockerfile")
            .withBuildArg("BASE_IMAGE", BASE);

    private final Network network = Network.newNetwork();
    private final GenericContainer<?> container;

    /// Starts it.
    public SmallContainer() {
        container = new GenericContainer<>(IMAGE)
                .withNetwork(network)
                .withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                        .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                        .withMemory(256L << 20)
                        .withMemorySwap(512L << 20)
                        .withPidsLimit(200L));
        try {
            container.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Whether an engine answers.
    public static boolean possible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /// Returns where the engine is.
    public static String engine() {
        return Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock");
    }

    /// Returns its id.
    public String id() {
        return container.getContainerId();
    }

    /// Returns what the engine says of it, by another client than ours.
    public InspectContainerResponse inspect() {
        return container.getDockerClient().inspectContainerCmd(id()).exec();
    }

    /// Starts it anew, as a person might.
    public void restart() {
        container.getDockerClient().restartContainerCmd(id()).withTimeout(1).exec();
    }

    /// Removes it, as a person might.
    public void remove() {
        container.getDockerClient().removeContainerCmd(id()).withForce(true).exec();
    }

    @Override
    public void close() {
        container.stop();
        network.close();
    }
}
