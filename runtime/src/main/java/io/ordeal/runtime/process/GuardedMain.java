package io.ordeal.runtime.process;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/// The main class of a child JVM that must not outlive its parent.
///
/// The first argument names the main class to run, the others are its own. When standard input ends, which it does
/// however the parent dies, the JVM first exits in order and after two seconds at once.
public final class GuardedMain {
    private static final long GRACE_MILLIS = 2000;

    private GuardedMain() {}

    /// Runs the main class that `args` name.
    public static void main(String[] args) throws Throwable {
        Thread.ofPlatform().daemon().name("parent-guard").start(GuardedMain::endWithParent);
        var main = Class.forName(args[0]);
        var method = MethodHandles.publicLookup()
                .findStatic(main, "main", MethodType.methodType(void.class, String[].class));
        method.asFixedArity().invokeExact(Arrays.copyOfRange(args, 1, args.length)); // a main may be `String...`
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // the parent says nothing, it only holds the pipe open
            }
        } catch (IOException _) {
            // a broken pipe ends it as well
        }
        Thread.ofPlatform().daemon().name("parent-guard-limit").start(GuardedMain::haltSoon);
        System.exit(0);
    }

    private static void haltSoon() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException _) {
            // halt at once, then
        }
        Runtime.getRuntime().halt(1);
    }
}
