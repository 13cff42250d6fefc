package io.ordeal.schemas.load;

/// What one segment says: about a request, or about itself. In order within a partition.
///
/// @param epoch Rises with every change of the segment's owner.
public record Timing(String run, int segment, int epoch, TimingEvent event) {}
