/// Resource use of hosts and processes.
@NullMarked
package io.ordeal.schemas.resources;

import org.jspecify.annotations.NullMarked;
