package io.ordeal.schemas.load;

/// What a segment says in a [Timing]: about one request, or about itself.
public sealed interface TimingEvent permits RequestTiming, SegmentTick {}
