/// The only place that knows bytes: topics, their schemas, and the way between records and Avro.
@NullMarked
package io.ordeal.schemas.wire;

import org.jspecify.annotations.NullMarked;
