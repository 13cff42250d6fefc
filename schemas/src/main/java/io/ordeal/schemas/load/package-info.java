/// Load: the plan of each segment, and what came of it request by request.
@NullMarked
package io.ordeal.schemas.load;

import org.jspecify.annotations.NullMarked;
