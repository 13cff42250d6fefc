package io.ordeal.chaos.control;

import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.InvalidConfiguration;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.runtime.Problem;
import io.ordeal.runtime.process.Repeating;
import io.ordeal.schemas.lifecycle.LifecycleEvent.PolicyRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration again when its file has changed: a good one is adopted, a bad one refused as a whole while
/// the old one holds.
///
/// Its text is compared, not its time, and it must be the same at two looks: an editor may write it in parts.
public final class PolicyWatch {
    private static final Logger log = LoggerFactory.getLogger(PolicyWatch.class);

    private final Path file;
    private final World world;
    private String seen;
    private String settled;

    /// What a change of the policy concerns.
    ///
    /// @param examine returns a configuration with what this process adds to it
    /// @param announce says what there is from now on
    public record World(
            Targets targets,
            Controller controller,
            Outlet outlet,
            FaultMetrics metrics,
            InstantSource clock,
            UnaryOperator<InjectorConfiguration> examine,
            Runnable announce) {}

    private PolicyWatch(Path file, String text, World world) {
        this.file = file;
        this.world = world;
        this.seen = text;
        this.settled = text;
    }

    /// Watches `file` until what is returned is closed.
    ///
    /// @param text what stood in it when its configuration was adopted
    /// @param look how often it is looked at
    public static Repeating start(Path file, String text, Duration look, World world) {
        return Repeating.start("policy", look, new PolicyWatch(file, text, world)::look);
    }

    private void look() throws InterruptedException {
        var text = read();
        if (text.equals(seen) && !text.equals(settled)) {
            settled = text;
            change(text);
        }
        seen = text;
    }

    /// A file that is not there reads as empty, which no configuration is.
    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }

    private void change(String text) throws InterruptedException {
        var targets = world.targets();
        try {
            var changed = world.examine()
                    .apply(InjectorConfiguration.parse(file.getFileName().toString(), text));
            var left = world.controller().vacate(targets.configuration().differences(changed));
            if (!left.isEmpty()) {
                refuse(List.of("faults on targets that change cannot be undone: " + left));
                return;
            }
            targets.adopt(changed);
        } catch (InvalidConfiguration e) {
            refuse(e.problems().stream().map(Problem::toString).toList());
            return;
        } catch (IOException | RuntimeException e) {
            refuse(List.of(String.valueOf(e.getMessage())));
            return;
        } finally {
            world.controller().govern(targets.configuration());
        }
        world.metrics().policyRead(true);
        log.atInfo()
                .addKeyValue("file", file)
                .addKeyValue("targets", targets.configuration().targets().size())
                .log("the configuration has changed and holds from now on");
        world.announce().run();
    }

    private void refuse(List<String> problems) {
        log.atError()
                .addKeyValue("file", file)
                .addKeyValue("problems", problems)
                .log("the configuration has changed and is refused; the old one holds");
        world.metrics().policyRead(false);
        world.outlet().say("", world.clock().instant(), new PolicyRefused(problems));
    }
}
