package io.ordeal.chaos.gpu;

/// The CUDA driver is not there, or has answered with an error.
final class CudaFailed extends Exception {
    /// Result code of the driver: it has no memory left.
    static final int OUT_OF_MEMORY = 2;

    private final int code;

    CudaFailed(String message, int code) {
        super(message);
        this.code = code;
    }

    CudaFailed(String message, Throwable cause) {
        super(message, cause);
        this.code = -1;
    }

    boolean outOfMemory() {
        return code == OUT_OF_MEMORY;
    }
}
