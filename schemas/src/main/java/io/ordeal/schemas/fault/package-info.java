/// The kinds of faults that there are, with their parameters: what campaigns, commands and injectors agree on.
@NullMarked
package io.ordeal.schemas.fault;

import org.jspecify.annotations.NullMarked;
