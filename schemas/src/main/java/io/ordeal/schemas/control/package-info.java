/// What may be asked: the records of the control topic.
@NullMarked
package io.ordeal.schemas.control;

import org.jspecify.annotations.NullMarked;
