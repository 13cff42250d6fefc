/// The few calls of libc that Java lacks, and the small files of the kernel. Each class binds what it needs when it is
/// first used, so that a small process
/// pays for nothing else.
@NullMarked
package io.ordeal.chaos.posix;

import org.jspecify.annotations.NullMarked;
