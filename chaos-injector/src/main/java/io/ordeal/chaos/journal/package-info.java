/// The undo journal, its replay, and the guard that replays it when the injector is gone.
@NullMarked
package io.ordeal.chaos.journal;

import org.jspecify.annotations.NullMarked;
