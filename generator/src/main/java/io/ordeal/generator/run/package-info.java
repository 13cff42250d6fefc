/// What one segment knows about itself: its ledger and its state; pure.
@NullMarked
package io.ordeal.generator.run;

import org.jspecify.annotations.NullMarked;
