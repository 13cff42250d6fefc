/// Faults on packets, made by the kernel: nftables and tc in a network namespace.
@NullMarked
package io.ordeal.chaos.network;

import org.jspecify.annotations.NullMarked;
