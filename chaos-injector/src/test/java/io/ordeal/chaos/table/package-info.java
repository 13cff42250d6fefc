/// Every fault on this host: applied, seen, reverted, and undone when the injector is killed.
@NullMarked
package io.ordeal.chaos.table;

import org.jspecify.annotations.NullMarked;
