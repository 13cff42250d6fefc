package io.ordeal.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ChildTest {
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @TempDir
    Path folder;

    @Test
    void endsWhenItIsClosed() {
        var child = sleeper(folder.resolve("sleeper.pid"));
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("sleeper.pid")));
        child.close();
        assertThat(child.alive()).isFalse();
    }

    @Test
    void endsWhenItsParentIsKilled() throws Exception {
        var pidFile = folder.resolve("grandchild.pid");
        var parent = Child.jvm(
                "parent",
                Child.ownClassPath(),
                Parent.class.getName(),
                QUICK,
                List.of(pidFile.toString()),
                Map.of(),
                folder.resolve("parent.log"));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pidFile));
        var grandchild = ProcessHandle.of(Long.parseLong(Files.readString(pidFile)));
        assertThat(grandchild).isPresent();

        ProcessHandle.of(parent.pid())
                .orElseThrow()
                .destroyForcibly(); // kill -9: nothing of the parent's runs any more

        await().atMost(Duration.ofSeconds(20)).until(() -> !grandchild.get().isAlive());
    }

    private Child sleeper(Path pidFile) {
        return Child.jvm(
                "sleeper",
                Child.ownClassPath(),
                Sleeper.class.getName(),
                QUICK,
                List.of(pidFile.toString()),
                Map.of(),
                folder.resolve("sleeper.log"));
    }

    /// Starts a [Sleeper] and waits for ever.
    public static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            var pidFile = Path.of(args[0]);
            try (var child = Child.jvm(
                    "grandchild",
                    Child.ownClassPath(),
                    Sleeper.class.getName(),
                    QUICK,
                    List.of(args[0]),
                    Map.of(),
                    pidFile.resolveSibling("grandchild.log"))) {
                assertThat(child.alive()).isTrue();
                new CountDownLatch(1).await();
            }
        }
    }

    /// Writes its pid and waits for ever.
    public static final class Sleeper {
        private Sleeper() {}

        public static void main(String... args) throws Exception {
            var pidFile = Path.of(args[0]);
            var written = Files.writeString(
                    pidFile.resolveSibling(pidFile.getFileName() + ".part"),
                    String.valueOf(ProcessHandle.current().pid()));
            Files.move(written, pidFile);
            new CountDownLatch(1).await();
        }
    }
}
