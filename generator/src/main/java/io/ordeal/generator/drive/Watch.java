package io.ordeal.generator.drive;

/// Who watches the generator itself. Called on event loops; must not block.
public interface Watch {
    /// Takes note of how long after its instant a request was begun, in nanoseconds.
    void startDelay(long nanos);

    /// Takes note of how late an event loop came back, in nanoseconds.
    void eventLoopLag(long nanos);

    /// Returns the cores that the process uses.
    double cpu();

    /// Returns for how long garbage collection has stopped the process so far, in nanoseconds.
    long gc();

    /// Returns how many events of the process wait to be published.
    long backlog();

    /// Returns a watch that looks away.
    static Watch none() {
        return new Watch() {
            @Override
            public void startDelay(long nanos) {
                // nobody asks
            }

            @Override
            public void eventLoopLag(long nanos) {
                // nobody asks
            }

            @Override
            public double cpu() {
                return 0;
            }

            @Override
            public long gc() {
                return 0;
            }

            @Override
            public long backlog() {
                return 0;
            }
        };
    }
}
