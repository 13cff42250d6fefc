package io.ordeal.chaos.gpu;

import java.util.Optional;

/// A GPU of this host.
///
/// @param number from 0
/// @param total bytes of memory
record GpuDevice(int number, String uuid, long total, String name) {
    private static final int FIELDS = 5;

    /// Returns it as a helper writes it.
    String line() {
        return "device " + number + " " + uuid + " " + total + " " + name;
    }

    /// Reads [#line]; empty for other text.
    static Optional<GpuDevice> read(String line) {
        var words = line.split(" ", FIELDS);
        return words.length == FIELDS
                        && words[0].equals("device")
                        && words[1].matches("[0-9]{1,3}")
                        && words[3].matches("[0-9]{1,18}")
                ? Optional.of(new GpuDevice(Integer.parseInt(words[1]), words[2], Long.parseLong(words[3]), words[4]))
                : Optional.empty();
    }

    /// Whether `text` means it: its number or its UUID.
    boolean is(String text) {
        return text.equals(String.valueOf(number)) || text.equals(uuid);
    }
}
