@NullMarked
package io.ordeal.chaos.cgroup;

import org.jspecify.annotations.NullMarked;
