package io.ordeal.chaos.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// The few functions of the CUDA driver that memory needs. Only helpers load it: it starts threads and takes memory.
///
/// Names and signatures are those of `cuda.h`; every function returns a `CUresult`, 0 for success.
final class CudaDriver {
    /// Where the system finds the driver that is installed.
    static final String USUAL_LIBRARY = "libcuda.so.1";

    private static final int NAME_BYTES = 256;
    private static final int UUID_BYTES = 16;
    private static final Map<String, MemoryLayout[]> FUNCTIONS = Map.ofEntries(
            Map.entry("cuInit", new MemoryLayout[] {JAVA_INT}),
            Map.entry("cuDeviceGetCount", new MemoryLayout[] {ADDRESS}),
            Map.entry("cuDeviceGet", new MemoryLayout[] {ADDRESS, JAVA_INT}),
            Map.entry("cuDeviceGetName", new MemoryLayout[] {ADDRESS, JAVA_INT, JAVA_INT}),
            Map.entry("cuDeviceGetUuid_v2", new MemoryLayout[] {ADDRESS, JAVA_INT}),
            Map.entry("cuDeviceTotalMem_v2", new MemoryLayout[] {ADDRESS, JAVA_INT}),
            Map.entry("cuDevicePrimaryCtxRetain", new MemoryLayout[] {ADDRESS, JAVA_INT}),
            Map.entry("cuCtxSetCurrent", new MemoryLayout[] {ADDRESS}),
            Map.entry("cuCtxSynchronize", new MemoryLayout[] {}),
            Map.entry("cuMemGetInfo_v2", new MemoryLayout[] {ADDRESS, ADDRESS}),
            Map.entry("cuMemAlloc_v2", new MemoryLayout[] {ADDRESS, JAVA_LONG}),
            Map.entry("cuMemsetD8_v2", new MemoryLayout[] {JAVA_LONG, JAVA_BYTE, JAVA_LONG}),
            Map.entry("cuMemFree_v2", new MemoryLayout[] {JAVA_LONG}));

    private final Map<String, MethodHandle> functions = new HashMap<>();

    private CudaDriver() {}

    /// Loads and initialises the driver.
    ///
    /// @param library a name that the system finds, or an absolute path
    /// @throws CudaFailed when it is not there, or finds no device
    static CudaDriver load(String library) throws CudaFailed {
        var driver = new CudaDriver();
        driver.bind(library);
        driver.call("cuInit", 0);
        return driver;
    }

    @SuppressWarnings("restricted") // the driver is a C library
    private void bind(String library) throws CudaFailed {
        try {
            var path = Path.of(library);
            var lookup = path.isAbsolute()
                    ? SymbolLookup.libraryLookup(path, Arena.global())
                    : SymbolLookup.libraryLookup(library, Arena.global());
            for (var function : FUNCTIONS.entrySet()) {
                var symbol = lookup.find(function.getKey());
                if (symbol.isEmpty()) {
                    throw new CudaFailed(library + " has no " + function.getKey() + ": the driver is too old", -1);
                }
                var descriptor = FunctionDescriptor.of(JAVA_INT, function.getValue());
                functions.put(function.getKey(), Linker.nativeLinker().downcallHandle(symbol.get(), descriptor));
            }
        } catch (IllegalArgumentException e) {
            throw new CudaFailed("the CUDA driver library " + library + " cannot be loaded", e);
        }
    }

    int devices() throws CudaFailed {
        return number("cuDeviceGetCount");
    }

    /// Returns the handle of the device with this number, from 0.
    int device(int number) throws CudaFailed {
        return number("cuDeviceGet", number);
    }

    private int number(String function, Object... arguments) throws CudaFailed {
        try (var arena = Arena.ofConfined()) {
            var result = arena.allocate(JAVA_INT);
            call(function, with(result, arguments));
            return result.get(JAVA_INT, 0);
        }
    }

    String name(int device) throws CudaFailed {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocate(NAME_BYTES);
            call("cuDeviceGetName", name, NAME_BYTES, device);
            return name.getString(0);
        }
    }

    /// Returns the UUID as `nvidia-smi` shows it: `GPU-…`.
    String uuid(int device) throws CudaFailed {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(UUID_BYTES);
            call("cuDeviceGetUuid_v2", bytes, device);
            var buffer = ByteBuffer.wrap(bytes.toArray(JAVA_BYTE));
            return "GPU-" + new UUID(buffer.getLong(), buffer.getLong());
        }
    }

    /// Returns all bytes of memory that the device has.
    long total(int device) throws CudaFailed {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(JAVA_LONG);
            call("cuDeviceTotalMem_v2", bytes, device);
            return bytes.get(JAVA_LONG, 0);
        }
    }

    /// Makes `device` the one that memory is taken from by this thread.
    void use(int device) throws CudaFailed {
        try (var arena = Arena.ofConfined()) {
            var context = arena.allocate(ADDRESS);
            call("cuDevicePrimaryCtxRetain", context, device);
            call("cuCtxSetCurrent", context.get(ADDRESS, 0));
        }
    }

    /// Returns how much memory of the device that is used is free.
    GpuUse memory() throws CudaFailed {
        try (var arena = Arena.ofConfined()) {
            var free = arena.allocate(JAVA_LONG);
            var total = arena.allocate(JAVA_LONG);
            call("cuMemGetInfo_v2", free, total);
            return new GpuUse(free.get(JAVA_LONG, 0), total.get(JAVA_LONG, 0));
        }
    }

    /// Takes so many bytes, touches all of them and returns where they are.
    long take(long bytes) throws CudaFailed {
        try (var arena = Arena.ofConfined()) {
            var pointer = arena.allocate(JAVA_LONG);
            call("cuMemAlloc_v2", pointer, bytes);
            long at = pointer.get(JAVA_LONG, 0);
            call("cuMemsetD8_v2", at, (byte) 0x5a, bytes);
            call("cuCtxSynchronize");
            return at;
        }
    }

    /// Gives back what [#take] has returned.
    void give(long at) throws CudaFailed {
        call("cuMemFree_v2", at);
    }

    private static Object[] with(MemorySegment first, Object... others) {
        var all = new Object[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    private void call(String function, Object... arguments) throws CudaFailed {
        var handle = functions.get(function);
        if (handle == null) {
            throw new AssertionError(function);
        }
        int result;
        try {
            result = (int) handle.invokeWithArguments(arguments);
        } catch (Throwable t) {
            throw new AssertionError(function, t);
        }
        if (result != 0) {
            throw new CudaFailed(function + " has failed with CUresult " + result, result);
        }
    }
}
