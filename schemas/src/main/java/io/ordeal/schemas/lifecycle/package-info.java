/// What was done: the records of the lifecycle topic.
@NullMarked
package io.ordeal.schemas.lifecycle;

import org.jspecify.annotations.NullMarked;
