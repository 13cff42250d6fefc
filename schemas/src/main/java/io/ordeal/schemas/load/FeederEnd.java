package io.ordeal.schemas.load;

/// What the end of the data means. STOP: the scenario's users stop; ERROR: they stop, and the windows from then on
/// cannot be judged.
public enum FeederEnd {
    STOP,
    ERROR
}
