/// Control groups as this host has them, of version 1, 2 or both: where they are, what is in them, and how a limit
/// comes
/// back.
@NullMarked
package io.ordeal.chaos.cgroup;

import org.jspecify.annotations.NullMarked;
