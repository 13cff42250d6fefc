package io.ordeal.chaos.process;

import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.undo.Undo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A soft limit of a process is again what it was, also that of processes which have inherited it during the fault.
/// One that somebody else has set meanwhile stays, and so do those of a process that has come in the place of this
/// one.
///
/// @param ours what the fault sets
/// @param old what it was
/// @param since the tick since boot from which on processes have inherited ours
public record RestoreLimit(ProcessId process, Resource resource, long ours, long old, long since) implements Undo {
    /// Its kind.
    public static final String WORD = "restore-limit";
    /// No limit, as the kernel has it.
    static final long UNLIMITED = -1;

    /// Reads what follows the kind.
    public static RestoreLimit read(List<String> words) {
        var resource = Resource.named(words.get(2))
                .orElseThrow(() -> new IllegalArgumentException("unknown resource " + words.get(2)));
        return new RestoreLimit(
                new ProcessId(Long.parseLong(words.get(0)), Long.parseLong(words.get(1))),
                resource,
                Long.parseLong(words.get(3)),
                Long.parseLong(words.get(4)),
                Long.parseLong(words.get(5)));
    }

    @Override
    public void perform() {
        bearers().forEach(this::restore);
    }

    @Override
    public boolean done() {
        return bearers().findAny().isEmpty();
    }

    @Override
    public Map<String, String> evidence() {
        var evidence = new LinkedHashMap<String, String>();
        evidence.put("pid", String.valueOf(process.pid()));
        evidence.put("limit_after", resource.shownFor(process).orElse("ended"));
        return evidence;
    }

    @Override
    public List<String> words() {
        return List.of(
                WORD,
                String.valueOf(process.pid()),
                String.valueOf(process.startTime()),
                resource.published(),
                String.valueOf(ours),
                String.valueOf(old),
                String.valueOf(since));
    }

    /// The processes that have our limit now.
    private Stream<ProcessId> bearers() {
        var heirs = ProcessHandle.of(process.pid()).stream()
                .filter(_ -> process.alive())
                .flatMap(ProcessHandle::descendants)
                .flatMap(heir -> ProcessId.of(heir.pid()).stream())
                .filter(heir -> heir.startTime() >= since);
        return Stream.concat(Stream.of(process), heirs)
                .filter(bearer -> limitOf(bearer).filter(limit -> limit == ours).isPresent());
    }

    private Optional<Long> limitOf(ProcessId bearer) {
        var limit = Posix.limit(bearer.pid(), resource.number());
        return limit.errno() == 0 && bearer.alive() ? Optional.of(limit.value().soft()) : Optional.empty();
    }

    private void restore(ProcessId bearer) {
        int errno = change(bearer, resource, ours, old);
        if (errno != 0 && errno != Posix.NO_SUCH_PROCESS) {
            throw new IllegalStateException(
                    "the limit of " + resource.published() + " of pid " + bearer.pid() + ": errno " + errno);
        }
    }

    /// Sets the soft limit of `bearer` from `from` to `to`, which the hard one bounds, and returns errno.
    ///
    /// The kernel knows the process by its pid only. Where another one has got that in the very moment, it gets
    /// back what it had.
    static int change(ProcessId bearer, Resource resource, long from, long to) {
        var now = Posix.limit(bearer.pid(), resource.number());
        if (now.errno() != 0) {
            return now.errno();
        }
        if (!bearer.alive() || now.value().soft() != from) {
            return Posix.NO_SUCH_PROCESS;
        }
        long hard = now.value().hard();
        long soft = Long.compareUnsigned(to, hard) < 0 ? to : hard;
        var before = Posix.limit(bearer.pid(), resource.number(), new Posix.Limit(soft, hard));
        if (before.errno() == 0 && !bearer.alive()) {
            var _ = Posix.limit(bearer.pid(), resource.number(), before.value());
            return Posix.NO_SUCH_PROCESS;
        }
        return before.errno();
    }
}
