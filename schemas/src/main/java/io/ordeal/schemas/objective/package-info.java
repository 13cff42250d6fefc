/// The language of objectives: what a service must hold, written so that it reads aloud.
@NullMarked
package io.ordeal.schemas.objective;

import org.jspecify.annotations.NullMarked;
