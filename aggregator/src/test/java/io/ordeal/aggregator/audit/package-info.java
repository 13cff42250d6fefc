/// Tests of the audit.
@NullMarked
package io.ordeal.aggregator.audit;

import org.jspecify.annotations.NullMarked;
