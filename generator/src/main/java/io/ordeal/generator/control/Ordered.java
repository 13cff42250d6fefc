package io.ordeal.generator.control;

import io.ordeal.schemas.control.Command;
import java.time.Instant;

/// A command as it stands on the control topic.
///
/// @param taken when the broker took it
public record Ordered(Command command, Instant taken) {}
