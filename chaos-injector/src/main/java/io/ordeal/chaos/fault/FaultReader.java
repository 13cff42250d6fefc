package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.Allowance;
import io.ordeal.chaos.policy.FaultKind;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Target;
import io.ordeal.schemas.control.FaultSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Turns a fault's specification into a [Fault], or lists everything that stands against it.
///
/// Nothing in a specification is trusted: names, numbers and texts may be anything.
public final class FaultReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    /// Above a gigabit per second the pipe itself is no faster.
    private static final long HIGHEST_RATE = 125_000_000;

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
        if (kind.isPresent() && target.isPresent()) {
            var fault = fault(kind.get(), spec, target.get(), reasons);
            if (fault.isPresent() && reasons.isEmpty()) {
                return new Reading.Valid(fault.get());
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

    private Optional<Fault> fault(FaultKind kind, FaultSpec spec, Target target, List<String> reasons) {
        if (!target.has(kind.facet())) {
            reasons.add(kind.published() + " needs the facet " + kind.facet().published() + ", which " + target.name()
                    + " lacks; possible there: " + FaultKind.names(target.kinds()));
        } else if (!target.allow().kinds().contains(kind)) {
            reasons.add(kind.published() + " is not allowed on " + target.name() + "; allowed are "
                    + FaultKind.names(target.kinds()));
        }
        var parameters = new Parameters(spec.parameters(), reasons);
        double fraction = fraction(kind, spec.fraction(), target.allow(), reasons);
        var ramp = ramp(kind, spec, reasons);
        Optional<? extends Fault> fault = switch (kind) {
            case LATENCY -> latency(parameters, target.allow(), fraction, ramp, reasons);
            case PARTITION -> {
                parameters.only("partition", "direction");
                yield Optional.of(new Fault.Partition(parameters.direction(Direction.BOTH), fraction));
            }
            case RESET -> {
                parameters.only("reset");
                yield Optional.of(new Fault.Reset(fraction));
            }
            case BANDWIDTH -> bandwidth(parameters, target.allow(), fraction, ramp, reasons);
            case KILL -> {
                parameters.only("kill");
                yield Optional.of(new Fault.Kill());
            }
            case PAUSE -> {
                parameters.only("pause");
                yield Optional.of(new Fault.Pause());
            }
            case CPU -> cpu(parameters, target.allow(), reasons);
        };
        fault.ifPresent(f -> tooShort(f, spec, reasons));
        return fault.map(f -> f);
    }

    private static void tooShort(Fault fault, FaultSpec spec, List<String> reasons) {
        if (spec.duration().isPositive() && fault.confirmation().compareTo(spec.duration()) >= 0) {
            reasons.add("a duration of " + shown(spec.duration()) + " is too short: seeing the effect takes up to "
                    + shown(fault.confirmation()));
        }
    }

    private static double fraction(FaultKind kind, double fraction, Allowance allow, List<String> reasons) {
        if (!(fraction > 0 && fraction <= 1)) {
            reasons.add("fraction is above 0 and up to 1, not " + fraction);
        } else if (kind.facet() != FaultKind.Facet.PROXY && fraction < 1) {
            reasons.add(kind.published() + " is on the whole target: fraction must be 1, not " + fraction);
        } else if (kind.facet() == FaultKind.Facet.PROXY && fraction > allow.maxFraction()) {
            reasons.add("fraction " + fraction + " exceeds the limit of " + allow.maxFraction());
        }
        return fraction;
    }

    private static Duration ramp(FaultKind kind, FaultSpec spec, List<String> reasons) {
        boolean ramps = kind == FaultKind.LATENCY || kind == FaultKind.BANDWIDTH;
        if (spec.ramp().isNegative()) {
            reasons.add("ramp must not be negative");
        } else if (!ramps && !spec.ramp().isZero()) {
            reasons.add(kind.published() + " has no ramp");
        } else if (spec.ramp().compareTo(spec.duration()) >= 0
                && spec.duration().isPositive()) {
            reasons.add("a ramp of " + shown(spec.ramp()) + " does not fit into the duration");
        }
        return spec.ramp();
    }

    private static Optional<Fault.Latency> latency(
            Parameters parameters, Allowance allow, double fraction, Duration ramp, List<String> reasons) {
        parameters.only("latency", "latency", "jitter", "direction");
        var latency = required(parameters, "latency", parameters.time("latency"), reasons);
        var jitter = parameters.time("jitter").orElse(Duration.ZERO);
        var direction = parameters.direction(Direction.DOWNSTREAM);
        var most = latency.orElse(Duration.ZERO).plus(jitter);
        if (latency.isPresent() && most.compareTo(Duration.ofMillis(1)) < 0) {
            reasons.add("latency and jitter together must be at least 1ms to be seen");
        }
        if (most.compareTo(allow.maxLatency()) > 0) {
            reasons.add("latency and jitter of " + shown(most) + " exceed the limit of " + shown(allow.maxLatency()));
        }
        if (latency.isPresent() && jitter.compareTo(latency.get()) > 0) {
            reasons.add("jitter must not exceed latency: nothing arrives before it was sent");
        }
        return latency.map(value -> new Fault.Latency(direction, value, jitter, fraction, ramp));
    }

    private static Optional<Fault.Bandwidth> bandwidth(
            Parameters parameters, Allowance allow, double fraction, Duration ramp, List<String> reasons) {
        parameters.only("bandwidth", "rate", "direction");
        var rate = required(parameters, "rate", parameters.rate("rate"), reasons);
        var direction = parameters.direction(Direction.BOTH);
        if (rate.isPresent() && (rate.get() < 1 || rate.get() > HIGHEST_RATE)) {
            reasons.add("rate must be from 1B/s to 125MB/s; to let nothing pass, use partition");
            return Optional.empty();
        }
        if (rate.isPresent() && rate.get() < allow.minRate()) {
            reasons.add("a rate of " + rate.get() + "B/s is below the limit of " + allow.minRate() + "B/s");
        }
        return rate.map(value -> new Fault.Bandwidth(direction, value, fraction, ramp));
    }

    private static Optional<Fault.CpuLoad> cpu(Parameters parameters, Allowance allow, List<String> reasons) {
        parameters.only("cpu", "load", "cores");
        double load = parameters.percent("load").orElse(Math.min(100, allow.maxLoad()));
        int cores = parameters.whole("cores").orElse(allow.maxCores());
        if (!(load >= 1 && load <= 100)) {
            reasons.add("load is a part of a core from 1% to 100%");
        } else if (load > allow.maxLoad()) {
            reasons.add(
                    String.format(Locale.ROOT, "a load of %.1f%% exceeds the limit of %.1f%%", load, allow.maxLoad()));
        }
        if (cores < 1 || cores > allow.maxCores()) {
            reasons.add("cores is from 1 to " + allow.maxCores() + " here, not " + cores);
        }
        return Optional.of(new Fault.CpuLoad(load, cores));
    }

    private static <T> Optional<T> required(
            Parameters parameters, String name, Optional<T> value, List<String> reasons) {
        if (!parameters.has(name)) {
            reasons.add(name + " is missing");
        }
        return value;
    }

    private static String shown(Duration duration) {
        return duration.compareTo(Duration.ofDays(1)) > 0
                ? "more than a day"
                : duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
