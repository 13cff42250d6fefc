package io.ordeal.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The options of the command line, and of the environment where the command line has none: `--data-dir` is
/// `SAMPLE_DATA_DIR`. Pure: what the values mean is read elsewhere.
final class CommandLine {

    /// An option.
    ///
    /// @param name without its dashes
    /// @param value what stands for its value in the help; empty for a switch, which has none
    record Option(String name, String value, String help) {

        String environment() {
            return "SAMPLE_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        }
    }

    static final List<Option> OPTIONS = List.of(
            new Option("host", "HOST", "address to listen on (default 127.0.0.1)"),
            new Option("port", "PORT", "port to listen on; 0 takes a free one (default 8080)"),
            new Option("model-port", "PORT", "port of the downstream model; 0 takes a free one (default 0)"),
            new Option(
                    "model-at",
                    "HOST:PORT",
                    "where to call the model, through a proxy for one (default: the model's own)"),
            new Option("data-dir", "DIR", "where documents are kept (default: in memory)"),
            new Option("counts-file", "FILE", "where request counts outlive the process (default: in memory)"),
            new Option("behaviour", "FILE", "JSON laid over the default behaviour"),
            new Option("set", "PATH=VALUE", "sets one field of the behaviour, as default.latency=20; may be repeated"),
            new Option("accept-backlog", "N", "connections that may wait to be accepted (default 8192)"),
            new Option("max-body-bytes", "N", "largest request body (default 10485760)"),
            new Option("drain-ms", "MS", "how long health says 503 before the listener closes (default 0)"),
            new Option("grace-ms", "MS", "how long requests in flight may take to end (default 5000)"),
            new Option("admin-token-file", "FILE", "holds the admin token (or ADMIN_TOKEN, ADMIN_TOKEN_FILE)"),
            new Option("exit-with-parent", "", "ends when standard input closes"),
            new Option("help", "", "shows this"));

    private final Map<String, List<String>> values;
    private final Map<String, String> environment;
    private final List<String> problems;

    private CommandLine(Map<String, List<String>> values, Map<String, String> environment, List<String> problems) {
        this.values = values;
        this.environment = environment;
        this.problems = problems;
    }

    /// Reads arguments: `--name value`, `--name=value` or, for a switch, `--name`.
    static CommandLine parse(List<String> arguments, Map<String, String> environment) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            Optional<Option> option =
                    OPTIONS.stream().filter(it -> flag.equals("--" + it.name)).findFirst();
            if (option.isEmpty()) {
                problems.add(argument + ": unknown; --help lists the options");
                continue;
            }
            List<String> given = values.computeIfAbsent(option.get().name, _ -> new ArrayList<>());
            if (option.get().value.isEmpty()) {
                given.add(equals < 0 ? "true" : argument.substring(equals + 1));
            } else if (equals >= 0) {
                given.add(argument.substring(equals + 1));
            } else if (i + 1 < arguments.size()) {
                given.add(arguments.get(++i));
            } else {
                problems.add(flag + ": missing; give " + option.get().value);
            }
        }
        return new CommandLine(values, environment, problems);
    }

    /// What was wrong so far; readers add to it.
    List<String> problems() {
        return problems;
    }

    /// The last value of an option, from the command line or else the environment; empty ones count as none.
    Optional<String> text(String name) {
        List<String> given = all(name);
        return given.isEmpty() ? Optional.empty() : Optional.of(given.getLast()).filter(it -> !it.isEmpty());
    }

    /// All values of an option that may be repeated.
    List<String> all(String name) {
        List<String> given = values.get(name);
        if (given != null) {
            return given;
        }
        return OPTIONS.stream()
                .filter(it -> it.name.equals(name))
                .flatMap(it -> Optional.ofNullable(environment.get(it.environment())).stream())
                .toList();
    }

    /// Whether a switch is on.
    boolean is(String name) {
        String value = text(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            problems.add("--" + name + ": '" + value + "' is neither true nor false");
        }
        return value.equals("true");
    }

    /// A whole number in a closed range, or `fallback` where the option is absent.
    int whole(String name, int min, int max, int fallback) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Falls through to the same problem as a number out of range.
        }
        problems.add("--" + name + ": '" + value.get() + "' is not a whole number from " + min + " to " + max);
        return fallback;
    }

    /// The help text.
    static String help() {
        StringBuilder help = new StringBuilder("sample-service: a service to test\n\n");
        for (Option option : OPTIONS) {
            String flag = "--" + option.name + (option.value.isEmpty() ? "" : " " + option.value);
            help.append(String.format(Locale.ROOT, "  %-26s %s%n", flag, option.help));
        }
        return help.append("\nEach option is also a variable: --data-dir is SAMPLE_DATA_DIR.\n")
                .toString();
    }
}
