package io.ordeal.chaos.table;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the faults of one family need to be shown on this host: namespaces, processes, directories that a test makes.
///
/// It is found by being named in `META-INF/services`.
public interface FaultFixture extends AutoCloseable {
    /// A variable in the environment of the injector, and so of all that it starts.
    String VARIABLE = "ORDEAL_TABLE";

    /// Returns its value: by it the processes of this test are told from those of others.
    static String mark() {
        return "table-" + ProcessHandle.current().pid();
    }

    /// Returns targets as lines of an injector's configuration, indented by two blanks, to stand below `targets:`.
    String targets();

    /// Returns what is to be asked for, in the order in which it is shown.
    List<Asked> faults();

    /// Returns what of the faults is left on the host, seen without the injector's code; empty: all is as before.
    Optional<String> left();

    @Override
    void close();

    /// A fault to be asked for.
    ///
    /// @param facet by which the target is touched
    record Asked(FaultKind kind, Facet facet, String target, Map<String, String> parameters) {
        public Asked {
            parameters = Map.copyOf(parameters);
        }
    }
}
