/// What may be touched and how hard: targets, their facets, what is allowed there, and the limits over all.
@NullMarked
package io.ordeal.chaos.policy;

import org.jspecify.annotations.NullMarked;
