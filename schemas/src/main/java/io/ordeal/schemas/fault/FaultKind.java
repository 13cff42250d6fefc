package io.ordeal.schemas.fault;

import static io.ordeal.schemas.fault.Facet.CGROUP;
import static io.ordeal.schemas.fault.Facet.CONTAINER;
import static io.ordeal.schemas.fault.Facet.DIRECTORY;
import static io.ordeal.schemas.fault.Facet.GPU;
import static io.ordeal.schemas.fault.Facet.GROUP;
import static io.ordeal.schemas.fault.Facet.HOST;
import static io.ordeal.schemas.fault.Facet.NETWORK;
import static io.ordeal.schemas.fault.Facet.PROCESS;
import static io.ordeal.schemas.fault.Facet.PROXY;
import static io.ordeal.schemas.fault.FaultParameter.direction;
import static io.ordeal.schemas.fault.FaultParameter.optional;
import static io.ordeal.schemas.fault.FaultParameter.required;

import io.ordeal.schemas.fault.FaultParameter.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// A kind of fault by its published name: the facets of a target that it can use, the preferred one first, and its
/// parameters.
@SuppressWarnings("ImmutableEnumChecker") // its lists are copies that cannot be changed
public enum FaultKind {
    /// Bytes arrive later.
    LATENCY(
            Group.TRAFFIC,
            List.of(PROXY, NETWORK, CONTAINER),
            required("latency", Form.TIME),
            optional("jitter", Form.TIME, "0"),
            direction("downstream")),
    /// Bytes pass slowly.
    BANDWIDTH(Group.TRAFFIC, List.of(PROXY, NETWORK, CONTAINER), required("rate", Form.RATE), direction("both")),
    /// Packets are lost; through a proxy, chunks stall for as long as a retransmission takes.
    LOSS(
            Group.TRAFFIC,
            List.of(PROXY, NETWORK, CONTAINER),
            required("loss", Form.PART),
            optional("stall", Form.TIME, "200ms"),
            direction("both")),
    /// Nothing passes, and nobody is told.
    PARTITION(Group.PATH, List.of(PROXY, NETWORK, CONTAINER), direction("both")),
    /// Open connections end with a TCP reset and new ones are refused.
    RESET(Group.PATH, List.of(PROXY, NETWORK, CONTAINER)),
    /// New connections are refused; open ones stay.
    REFUSE(Group.PATH, List.of(PROXY, NETWORK, CONTAINER)),
    /// Packets arrive twice.
    DUPLICATE(Group.TRAFFIC, List.of(NETWORK, CONTAINER), required("duplicate", Form.PART)),
    /// Packets overtake one another.
    REORDER(
            Group.TRAFFIC,
            List.of(NETWORK, CONTAINER),
            required("reorder", Form.PART),
            optional("delay", Form.TIME, "10ms")),
    /// Packets arrive with a flipped bit.
    CORRUPT(Group.TRAFFIC, List.of(NETWORK, CONTAINER), required("corrupt", Form.PART)),
    /// Nothing passes, and a connection that has been silent for the given time ends.
    TIMEOUT(Group.PATH, List.of(PROXY), required("timeout", Form.TIME), direction("both")),
    /// The end of a connection arrives later.
    SLOW_CLOSE(Group.TRAFFIC, List.of(PROXY), required("delay", Form.TIME), direction("both")),
    /// Bytes arrive in small pieces.
    SLICE(
            Group.TRAFFIC,
            List.of(PROXY),
            required("size", Form.BYTES),
            optional("variation", Form.BYTES, "0B"),
            optional("delay", Form.TIME, "0"),
            direction("both")),
    /// A connection ends after so many bytes.
    LIMIT_DATA(Group.TRAFFIC, List.of(PROXY), required("bytes", Form.BYTES), direction("downstream")),
    /// HTTP requests are answered with a status, in the service's place.
    HTTP_STATUS(Group.HTTP, List.of(PROXY), required("status", Form.COUNT), optional("share", Form.PART, "100%")),
    /// HTTP requests reach the service later.
    HTTP_DELAY(Group.HTTP, List.of(PROXY), required("delay", Form.TIME), optional("share", Form.PART, "100%")),
    /// HTTP answers break off in the body, after so many bytes of it.
    HTTP_CUT(Group.HTTP, List.of(PROXY), required("after", Form.BYTES), optional("share", Form.PART, "100%")),

    /// The process dies at once and stays down.
    KILL(Group.LIFE, List.of(PROCESS, GROUP, CONTAINER)),
    /// The process is asked to end, is killed when it has not after the grace, and stays down.
    TERMINATE(Group.LIFE, List.of(PROCESS, GROUP, CONTAINER), optional("grace", Form.TIME, "10s")),
    /// The process stands still.
    PAUSE(Group.LIFE, List.of(PROCESS, GROUP, CONTAINER)),
    /// The process ends in order and starts again at once.
    RESTART(Group.LIFE, List.of(PROCESS, GROUP, CONTAINER), optional("grace", Form.TIME, "10s")),
    /// The process dies at a moment that its target defines, during a request for one, and stays down.
    CRASH(Group.LIFE, List.of(PROCESS, GROUP), required("moment", Form.NAME)),
    /// The process is asked to end, is held still so that it cannot, and is killed when its grace is over.
    OVERRUN(Group.LIFE, List.of(PROCESS, GROUP), required("grace", Form.TIME)),
    /// The kernel kills the process for want of memory, and it stays down.
    OOM(Group.LIFE, List.of(PROCESS, GROUP, CGROUP, CONTAINER)),

    /// Cores are busy with nothing.
    CPU(
            Group.RESOURCE,
            List.of(HOST, CGROUP, CONTAINER),
            new FaultParameter("load", Form.PART, Optional.empty(), false, true),
            optional("cores", Form.COUNT)),
    /// The target gets at most this part of one core.
    THROTTLE(Group.RESOURCE, List.of(PROCESS, CGROUP, CONTAINER), required("quota", Form.PART)),
    /// Memory is in use up to this part of it: of the host's, or of the target's limit.
    MEMORY(Group.RESOURCE, List.of(HOST, CGROUP, CONTAINER), required("fill", Form.PART)),
    /// The target gets at most so much memory.
    MEMORY_LIMIT(Group.RESOURCE, List.of(PROCESS, CGROUP, CONTAINER), required("limit", Form.BYTES)),
    /// The file system is in use up to this part of what the target may use.
    DISK_FILL(Group.RESOURCE, List.of(DIRECTORY), required("fill", Form.PART)),
    /// Writers keep the disk busy.
    DISK_IO(Group.RESOURCE, List.of(DIRECTORY), optional("workers", Form.COUNT, "1")),
    /// The process can open so many more files, and no more.
    FILES(Group.RESOURCE, List.of(PROCESS, GROUP), optional("left", Form.COUNT, "0")),
    /// The target can start so many more threads, and no more.
    THREADS(Group.RESOURCE, List.of(CGROUP, CONTAINER), optional("left", Form.COUNT, "0")),
    /// So many idle connections are open to the service.
    CONNECTIONS(Group.RESOURCE, List.of(PROXY), required("count", Form.COUNT)),
    /// Device memory is in use up to this part of it.
    GPU_MEMORY(Group.RESOURCE, List.of(GPU), required("fill", Form.PART));

    /// Kinds of which the effects are alike; what may be combined follows from it.
    public enum Group {
        /// Shapes the traffic that passes.
        TRAFFIC,
        /// Lets no traffic pass, and so hides what other faults do to it.
        PATH,
        /// Changes what HTTP requests meet.
        HTTP,
        /// Ends or holds a process.
        LIFE,
        /// Takes a resource away.
        RESOURCE
    }

    private final Group group;
    private final List<Facet> facets;
    private final List<FaultParameter> parameters;

    FaultKind(Group group, List<Facet> facets, FaultParameter... parameters) {
        this.group = group;
        this.facets = List.copyOf(facets);
        var all = new ArrayList<>(List.of(parameters));
        if (facets.size() > 1) {
            all.add(optional("via", Form.FACET));
        }
        this.parameters = List.copyOf(all);
    }

    /// Returns which kinds it is like.
    public Group group() {
        return group;
    }

    /// Returns the facets that it can use. Where a target has several of them, the first one is used unless the
    /// parameter `via` names another.
    public List<Facet> facets() {
        return facets;
    }

    /// Returns every parameter, the main one first where there is one.
    public List<FaultParameter> parameters() {
        return parameters;
    }

    /// Returns the parameter that stands behind the kind's name in a campaign, and is mandatory there.
    public Optional<FaultParameter> main() {
        return parameters.stream().filter(FaultParameter::main).findFirst();
    }

    /// Whether it can act on a part of the connections, or of the members of a group.
    public boolean partial() {
        return facets.stream().anyMatch(this::partial);
    }

    /// Whether it can act on a part only by way of `facet`.
    public boolean partial(Facet facet) {
        return facet == GROUP || (facet == PROXY && this != CONNECTIONS);
    }

    /// Whether it can come on slowly; only a proxy does that.
    public boolean ramps() {
        return this == LATENCY || this == BANDWIDTH;
    }

    /// Whether it and `other` cannot be in force on one facet of one target.
    public boolean collides(FaultKind other) {
        if (this == other) {
            return true;
        }
        return switch (group) {
            case TRAFFIC, HTTP -> other.group == Group.PATH;
            case PATH -> other.group == Group.TRAFFIC || other.group == Group.HTTP || other.group == Group.PATH;
            case LIFE -> other.group == Group.LIFE || other.group == Group.RESOURCE;
            case RESOURCE -> other.group == Group.LIFE;
        };
    }

    /// Returns the name used on topics, in files and in messages.
    public String published() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns the kind that is published as `name`, exactly.
    public static Optional<FaultKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.published().equals(name))
                .findAny();
    }

    /// Returns all published names, for messages.
    public static String all() {
        return names(List.of(values()));
    }

    /// Returns the published names of `kinds`, for messages.
    public static String names(Iterable<FaultKind> kinds) {
        return StreamSupport.stream(kinds.spliterator(), false)
                .map(FaultKind::published)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
