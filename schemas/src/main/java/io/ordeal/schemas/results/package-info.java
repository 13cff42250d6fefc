/// Objectives, closed windows and verdicts.
@NullMarked
package io.ordeal.schemas.results;

import org.jspecify.annotations.NullMarked;
