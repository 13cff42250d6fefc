package io.ordeal.campaign.document;

import io.ordeal.schemas.load.Connections;
import java.time.Duration;

/// What a document may leave unsaid.
///
/// @param seed of every random choice of the run
/// @param window length of a window
/// @param segments into how many segments the load is cut
/// @param gracefulStop how long iterations under way may go on when their load ends
public record Settings(long seed, Duration window, int segments, Connections connections, Duration gracefulStop) {
    /// The seed where the document is silent: fixed, so that the same document is the same run.
    public static final long DEFAULT_SEED = 1;
    /// The window where the document is silent.
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(1);
    /// The number of segments where the document is silent.
    public static final int DEFAULT_SEGMENTS = 4;
    /// A step's time limit where the document is silent.
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    /// The time to connect where the document is silent.
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /// Settings whose iterations end with their load.
    public Settings(long seed, Duration window, int segments, Connections connections) {
        this(seed, window, segments, connections, Duration.ZERO);
    }
}
