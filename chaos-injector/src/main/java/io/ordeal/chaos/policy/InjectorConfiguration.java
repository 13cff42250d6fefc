package io.ordeal.chaos.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// All that an injector may touch, and how hard.
public record InjectorConfiguration(List<Target> targets, Limits limits) {
    public InjectorConfiguration {
        targets = List.copyOf(targets);
        var names = new HashSet<String>();
        for (var target : targets) {
            if (!names.add(target.name())) {
                throw new IllegalArgumentException("two targets named " + target.name());
            }
        }
    }

    /// Reads the file `path`, YAML or JSON.
    ///
    /// @throws IOException when it cannot be read
    /// @throws InvalidConfiguration with every problem, each with its line and path in the document
    public static InjectorConfiguration read(Path path) throws IOException {
        return parse(path.getFileName().toString(), Files.readString(path));
    }

    /// Reads `text`, YAML or JSON; `name` stands for it in messages.
    ///
    /// @throws InvalidConfiguration with every problem
    public static InjectorConfiguration parse(String name, String text) {
        return ConfigurationReader.read(name, text);
    }

    /// Returns the target of that name.
    public Optional<Target> target(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findAny();
    }

    /// Returns the targets that `changed` no longer has or touches in another way, and the groups to which that
    /// happens to a member.
    public Set<String> differences(InjectorConfiguration changed) {
        var different = targets.stream()
                .filter(target -> changed.target(target.name())
                        .filter(other -> other.facets().equals(target.facets()))
                        .isEmpty())
                .map(Target::name)
                .collect(Collectors.toCollection(HashSet::new));
        targets.stream()
                .filter(target -> target.facet(GroupFacet.class)
                        .filter(group -> group.members().stream().anyMatch(different::contains))
                        .isPresent())
                .map(Target::name)
                .toList()
                .forEach(different::add);
        return different;
    }
}
