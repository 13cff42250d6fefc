package io.ordeal.chaos.sample;

import io.ordeal.schemas.resources.ResourceSample;

/// Where samples go: the topic, or a list in tests.
public interface SampleOutlet extends AutoCloseable {
    /// Publishes `sample`, or drops it when too many wait.
    void say(ResourceSample sample);

    @Override
    void close();
}
