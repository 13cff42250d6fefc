/// Resources that are taken away: by helpers that end with us, and by limits of control groups that are restored.
@NullMarked
package io.ordeal.chaos.resource;

import org.jspecify.annotations.NullMarked;
