package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.undo.Undo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// The same fault on several processes at once. It is applied when it is on all of them, and gone when it is gone
/// from all; one that fails does not keep the others from being undone.
final class GroupInjection implements Injection {
    private final List<Member> members;
    private final int size;

    /// One of the processes.
    record Member(String target, Injection injection) {}

    /// What a step on one member came to.
    private interface Step<T> {
        T on(Injection injection) throws InjectionFailed, InterruptedException;
    }

    /// @param members those that are chosen
    /// @param size how many there are to choose from
    GroupInjection(List<Member> members, int size) {
        this.members = List.copyOf(members);
        this.size = size;
    }

    @Override
    public Undo undo() {
        return new Undo.Several(
                members.stream().map(member -> member.injection().undo()).toList());
    }

    @Override
    public List<String> steps() {
        return members.stream()
                .flatMap(member -> member.injection().steps().stream().map(step -> member.target() + ": " + step))
                .toList();
    }

    @Override
    public Instant act() throws InjectionFailed, InterruptedException {
        return onAll(Injection::act).values().stream()
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = evidence(onAll(Injection::see));
        evidence.put("members", members.size() + " of " + size);
        return evidence;
    }

    @Override
    public void revert() throws InjectionFailed, InterruptedException {
        onAll(injection -> {
            injection.revert();
            return true;
        });
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        return evidence(onAll(Injection::seeGone));
    }

    private static Map<String, String> evidence(Map<String, Map<String, String>> found) {
        var evidence = new LinkedHashMap<String, String>();
        found.forEach((target, of) -> of.forEach((key, value) -> evidence.put(target + "." + key, value)));
        return evidence;
    }

    /// Takes a step on all members at once and returns what it came to on each.
    private <T> Map<String, T> onAll(Step<T> step) throws InjectionFailed, InterruptedException {
        var results = new LinkedHashMap<String, T>();
        var problems = new ArrayList<String>();
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("member-", 0).factory())) {
            var tasks = members.stream()
                    .<Callable<T>>map(member -> () -> step.on(member.injection()))
                    .toList();
            var done = threads.invokeAll(tasks); // interrupted, it interrupts them all
            for (int i = 0; i < members.size(); i++) {
                var target = members.get(i).target();
                switch (done.get(i).state()) {
                    case SUCCESS -> results.put(target, done.get(i).resultNow());
                    case FAILED ->
                        problems.add(target + ": " + reason(done.get(i).exceptionNow()));
                    case CANCELLED, RUNNING -> problems.add(target + ": interrupted");
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InjectionFailed(String.join("; ", problems));
        }
        return results;
    }

    private static String reason(Throwable problem) {
        return problem instanceof InjectionFailed failed ? failed.reason() : "it broke: " + problem;
    }
}
