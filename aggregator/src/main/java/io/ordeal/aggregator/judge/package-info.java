/// The judge: what was counted goes in, verdicts come out. Pure: no Kafka, no clock, no threads.
@NullMarked
package io.ordeal.aggregator.judge;

import org.jspecify.annotations.NullMarked;
