/// Tests over the whole repository; there is nothing here but tests.
@NullMarked
package io.ordeal.checks;

import org.jspecify.annotations.NullMarked;
