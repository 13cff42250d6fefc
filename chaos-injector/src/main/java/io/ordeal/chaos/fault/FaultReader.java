package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.Bound;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Target;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns a fault's specification into a [Fault], or lists everything that stands against it.
///
/// Nothing in a specification is trusted: names, numbers and texts may be anything.
public final class FaultReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    private final InjectorConfiguration configuration;

    /// Makes a reader for what `configuration` allows.
    public FaultReader(InjectorConfiguration configuration) {
        this.configuration = configuration;
    }

    /// Whether `text` can be the id of a command, a fault or a run.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /// Reads `spec`.
    public Reading read(FaultSpec spec) {
        var reasons = new ArrayList<String>();
        if (!isId(spec.id())) {
            reasons.add("`" + Parameters.shown(spec.id()) + "` is no id for a fault: letters, digits, . _ : -, at most"
                    + " 128");
        }
        var kind = FaultKind.named(spec.kind());
        if (kind.isEmpty()) {
            reasons.add("unknown kind `" + Parameters.shown(spec.kind()) + "`; known are " + FaultKind.all());
        }
        var target = configuration.target(spec.target());
        if (target.isEmpty()) {
            var names = configuration.targets().stream().map(Target::name).toList();
            reasons.add("unknown target `" + Parameters.shown(spec.target()) + "`; this injector has "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        duration(spec, target, reasons);
        if (spec.lease().filter(lease -> lease.compareTo(SHORTEST_LEASE) < 0).isPresent()) {
            reasons.add("a lease is at least 1s");
        }
        if (kind.isPresent() && target.isPresent()) {
            var read = new Request(kind.get(), spec, target.get(), reasons).read();
            if (read.isPresent() && reasons.isEmpty()) {
                return read.get();
            }
        }
        return new Reading.Invalid(reasons);
    }

    private void duration(FaultSpec spec, Optional<Target> target, List<String> reasons) {
        var longest = configuration.limits().maxDuration();
        var allowed = target.map(t -> t.allow().maxDuration()).filter(d -> d.compareTo(longest) < 0);
        var limit = allowed.orElse(longest);
        if (!spec.duration().isPositive()) {
            reasons.add("the duration is mandatory and above 0");
        } else if (spec.duration().compareTo(limit) > 0) {
            reasons.add("a duration of " + shown(spec.duration()) + " exceeds the limit of " + shown(limit));
        }
    }

    private static String shown(Duration duration) {
        return duration.compareTo(Duration.ofDays(1)) > 0
                ? "more than a day"
                : duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /// A specification of which kind and target are known.
    private record Request(FaultKind kind, FaultSpec spec, Target target, List<String> reasons) {
        Optional<Reading> read() {
            var parameters = new Parameters(kind, spec.parameters(), reasons);
            var facet = facet(parameters);
            fraction(facet);
            ramp(facet);
            var values =
                    new FaultValues(parameters, target, parameters.direction(), spec.fraction(), spec.ramp(), reasons);
            var fault = values.fault(kind);
            fault.ifPresent(this::bounds);
            fault.ifPresent(this::tooShort);
            return facet.flatMap(by -> fault.map(what -> new Reading.Valid(by, what)));
        }

        private Optional<Facet> facet(Parameters parameters) {
            var possible = target.facetsFor(kind);
            if (possible.isEmpty()) {
                reasons.add(kind.published() + " needs " + facets(kind.facets()) + ", which " + target.name()
                        + " lacks; possible there: " + FaultKind.names(target.kinds()));
                return Optional.empty();
            }
            if (!target.allow().kinds().contains(kind)) {
                reasons.add(kind.published() + " is not allowed on " + target.name() + "; allowed are "
                        + FaultKind.names(target.kinds()));
            }
            var via = parameters.via();
            if (via.isPresent() && !possible.contains(via.get())) {
                reasons.add(kind.published() + " on " + target.name() + " is possible via "
                        + possible.stream().map(Facet::published).collect(Collectors.joining(", ")) + ", not via "
                        + via.get().published());
            }
            return via.or(() -> Optional.of(possible.getFirst()));
        }

        private void fraction(Optional<Facet> facet) {
            double fraction = spec.fraction();
            double most = target.allow().limit(Bound.MAX_FRACTION);
            boolean partial = facet.map(kind::partial).orElse(false);
            if (!(fraction > 0 && fraction <= 1)) {
                reasons.add("fraction is above 0 and up to 1, not " + fraction);
            } else if (facet.isPresent() && !partial && fraction < 1) {
                reasons.add(kind.published() + " is on the whole target: fraction must be 1, not " + fraction);
            } else if (partial && fraction > most) {
                reasons.add("fraction " + fraction + " exceeds the limit of " + most);
            }
        }

        private void ramp(Optional<Facet> facet) {
            var ramp = spec.ramp();
            if (ramp.isNegative()) {
                reasons.add("ramp must not be negative");
            } else if (!kind.ramps() && !ramp.isZero()) {
                reasons.add(kind.published() + " has no ramp");
            } else if (facet.filter(by -> by != Facet.PROXY).isPresent() && !ramp.isZero()) {
                reasons.add("only a proxy ramps; " + target.name() + " is touched via "
                        + facet.get().published());
            } else if (ramp.compareTo(spec.duration()) >= 0 && spec.duration().isPositive()) {
                reasons.add("a ramp of " + shown(ramp) + " does not fit into the duration");
            }
        }

        private void bounds(Fault fault) {
            fault.demands().forEach((bound, value) -> {
                double limit = target.allow().limit(bound);
                if (bound.isExceededBy(value, limit)) {
                    reasons.add(kind.published() + " asks for " + bound.shown(value) + ", beyond the limit of "
                            + bound.shown(limit) + " (" + bound.published() + ") on " + target.name());
                }
            });
        }

        private void tooShort(Fault fault) {
            if (spec.duration().isPositive() && fault.confirmation().compareTo(spec.duration()) >= 0) {
                reasons.add("a duration of " + shown(spec.duration()) + " is too short: seeing the effect takes up to "
                        + shown(fault.confirmation()));
            }
        }

        private static String facets(List<Facet> facets) {
            return "the facet " + facets.stream().map(Facet::published).collect(Collectors.joining(" or "));
        }
    }
}
