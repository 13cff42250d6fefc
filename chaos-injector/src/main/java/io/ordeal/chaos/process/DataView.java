package io.ordeal.chaos.process;

import java.util.Map;

/// What shows of a limit of data: how much the process has. It loses nothing that it has.
record DataView(Victim victim) implements LimitView {
    @Override
    public Map<String, String> during() {
        return Map.of("data_during", shown());
    }

    @Override
    public Map<String, String> after() {
        return Map.of("data_after", shown());
    }

    private String shown() {
        return ProcessStatus.dataBytes(victim.process())
                .map(bytes -> bytes + "B")
                .orElse("unknown");
    }
}
