package io.ordeal.aggregator.audit;

import io.ordeal.schemas.results.BreakingPoint;
import io.ordeal.schemas.results.BudgetShare;
import io.ordeal.schemas.results.BurnAlert;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Saturation;
import io.ordeal.schemas.results.Trend;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import io.ordeal.schemas.results.WorstWindow;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Holds what was told against what was worked out again, field by field.
///
/// Prose is passed over, and so is the count of late events so far, which says when a window was told and not what is
/// in it. Numbers with a fraction may differ by a billionth of their size: they were summed in another order.
public final class Differ {
    private static final Set<String> PROSE = Set.of("reason", "reasons", "warnings", "cause", "late");
    private static final Pattern REPEATED = Pattern.compile("verdict\\.faults\\[(.*?)]\\.(.*)");
    private static final double SAME = 1e-9;
    private static final int LONGEST = 80;

    private final List<Difference> found = new ArrayList<>();

    private Differ() {}

    /// Returns the differences: those of windows, then those of verdicts.
    public static List<Difference> differences(Results told, Results recomputed) {
        var differ = new Differ();
        differ.match(told.windows(), recomputed.windows(), Differ::name);
        differ.match(told.verdicts(), recomputed.verdicts(), Differ::name);
        return differ.found.stream()
                .filter(difference -> !differ.saidOfFault(difference))
                .toList();
    }

    /// The verdict on the run repeats those on its faults: what differs in both is named once.
    private boolean saidOfFault(Difference difference) {
        var repeated = REPEATED.matcher(difference.field());
        return repeated.matches()
                && found.contains(new Difference(
                        "verdict on fault " + repeated.group(1),
                        "verdict." + repeated.group(2),
                        difference.told(),
                        difference.recomputed()));
    }

    private static String name(WindowSummary window) {
        return "window " + window.start() + " " + window.phase() + " " + window.scenario() + "/" + window.request();
    }

    private static String name(VerdictEvent event) {
        return switch (event.verdict()) {
            case WindowVerdict window -> "verdict on `" + window.objective() + "` in window " + window.start();
            case FaultVerdict fault -> "verdict on fault " + fault.fault();
            case RunVerdict _ -> "verdict on the run";
        };
    }

    private <T> void match(List<T> told, List<T> recomputed, Function<T, String> name) {
        var left = byName(told, name);
        var right = byName(recomputed, name);
        var names = new LinkedHashMap<String, Boolean>();
        right.keySet().forEach(each -> names.put(each, true));
        left.keySet().forEach(each -> names.put(each, true));
        for (var subject : names.keySet()) {
            var once = left.getOrDefault(subject, List.of());
            var again = right.getOrDefault(subject, List.of());
            if (once.isEmpty()) {
                found.add(new Difference(subject, "", "", "one"));
            } else if (again.isEmpty()) {
                found.add(new Difference(subject, "", "one", ""));
            } else {
                if (once.size() != again.size()) {
                    found.add(new Difference(subject, "times", "" + once.size(), "" + again.size()));
                }
                compare(subject, "", once.getFirst(), again.getFirst());
            }
        }
    }

    private static <T> Map<String, List<T>> byName(List<T> all, Function<T, String> name) {
        var named = new LinkedHashMap<String, List<T>>();
        all.forEach(each ->
                named.computeIfAbsent(name.apply(each), _ -> new ArrayList<>()).add(each));
        return named;
    }

    private void compare(String subject, String path, Object told, Object recomputed) {
        switch (told) {
            case Record one
            when one.getClass() == recomputed.getClass() -> {
                for (var component : one.getClass().getRecordComponents()) {
                    if (!PROSE.contains(component.getName())) {
                        var field = path.isEmpty() ? component.getName() : path + "." + component.getName();
                        compare(subject, field, value(one, component), value(recomputed, component));
                    }
                }
            }
            case Optional<?> one
            when recomputed instanceof Optional<?> other && one.isPresent() && other.isPresent() ->
                compare(subject, path, one.get(), other.get());
            case List<?> one when recomputed instanceof List<?> other -> lists(subject, path, one, other);
            case Double one
            when recomputed instanceof Double other -> {
                if (!same(one, other)) {
                    differ(subject, path, told, recomputed);
                }
            }
            default -> {
                if (!told.equals(recomputed)) {
                    differ(subject, path, told, recomputed);
                }
            }
        }
    }

    private static boolean same(double one, double other) {
        return Double.compare(one, other) == 0
                || Math.abs(one - other) <= SAME * Math.max(Math.abs(one), Math.abs(other));
    }

    private static Object value(Object of, RecordComponent component) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record of the contract does not say its " + component.getName(), e);
        }
    }

    /// Elements that have a name are matched by it, others by their place.
    private void lists(String subject, String path, List<?> told, List<?> recomputed) {
        var left = keyed(told);
        var right = keyed(recomputed);
        var keys = new TreeSet<>(left.keySet());
        keys.addAll(right.keySet());
        for (var key : keys) {
            var element = path + "[" + key + "]";
            if (left.containsKey(key) && right.containsKey(key)) {
                compare(subject, element, left.get(key), right.get(key));
            } else {
                found.add(new Difference(
                        subject,
                        element,
                        left.containsKey(key) ? text(left.get(key)) : "none",
                        right.containsKey(key) ? text(right.get(key)) : "none"));
            }
        }
    }

    private static Map<String, Object> keyed(List<?> elements) {
        var keyed = new LinkedHashMap<String, Object>();
        for (int i = 0; i < elements.size(); i++) {
            var key = key(elements.get(i));
            keyed.put(key.isEmpty() || keyed.containsKey(key) ? key + "#" + i : key, elements.get(i));
        }
        return keyed;
    }

    private static String key(Object element) {
        return switch (element) {
            case RequestSummary request -> request.scenario() + "/" + request.request();
            case ObjectiveVerdict objective -> objective.name();
            case FaultVerdict fault -> fault.fault();
            case PhaseSummary phase -> phase.phase();
            case MeasureSummary measure -> measure.name();
            case Trend trend -> trend.source().isEmpty() ? trend.subject() : trend.source() + " " + trend.subject();
            case BreakingPoint point -> point.phase();
            case Saturation saturation -> saturation.source() + " " + saturation.reading();
            case BudgetShare share -> share.objective();
            case BurnAlert alert -> "" + alert.threshold();
            case WorstWindow _ -> "";
            case String text -> text;
            default -> "";
        };
    }

    private void differ(String subject, String path, Object told, Object recomputed) {
        found.add(new Difference(subject, path, text(told), text(recomputed)));
    }

    private static String text(Object value) {
        var text = switch (value) {
            case ByteBuffer bytes -> hex(bytes);
            case Optional<?> optional -> optional.map(Differ::text).orElse("none");
            default -> value.toString();
        };
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    private static String hex(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy.length + " bytes " + HexFormat.of().formatHex(copy);
    }
}
