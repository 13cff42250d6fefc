package io.ordeal.chaos.resource;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The main class of helpers that must be somewhere before they begin: in a control group, first in line for the
/// kernel to kill. What they use is charged there from the first byte on.
///
/// Arguments: files, each followed by the text that is written to it; `--`; a program by its absolute path, or a main
/// class; its arguments.
public final class Joined {
    private static final String END = "--";

    private Joined() {}

    /// Writes the texts, then runs the rest.
    public static void main(String[] args) throws Throwable {
        int at = 0;
        for (; !args[at].equals(END); at += 2) {
            Files.writeString(Path.of(args[at]), args[at + 1]);
        }
        var rest = Arrays.asList(args).subList(at + 1, args.length);
        if (Path.of(rest.getFirst()).isAbsolute()) {
            run(rest);
            return;
        }
        var method = MethodHandles.publicLookup()
                .findStatic(Class.forName(rest.getFirst()), "main", MethodType.methodType(void.class, String[].class));
        method.asFixedArity().invokeExact(rest.subList(1, rest.size()).toArray(String[]::new));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var program = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            program.descendants().forEach(ProcessHandle::destroyForcibly);
            program.destroyForcibly();
        }));
        System.exit(program.waitFor());
    }
}
