/// Records on topics: the contract's schemas resolved, published, read, and set aside when they cannot be.
@NullMarked
package io.ordeal.runtime.kafka;

import org.jspecify.annotations.NullMarked;
