/// Records of the contract as JSON.
@NullMarked
package io.ordeal.runtime.json;

import org.jspecify.annotations.NullMarked;
