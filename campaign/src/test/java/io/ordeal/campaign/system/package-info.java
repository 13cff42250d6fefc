/// The whole system on the embedded stack: a real broker, a real registry, a real service.
@NullMarked
package io.ordeal.campaign.system;

import org.jspecify.annotations.NullMarked;
