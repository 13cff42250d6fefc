/// CPU load by a helper that ends with us.
@NullMarked
package io.ordeal.chaos.resource;

import org.jspecify.annotations.NullMarked;
