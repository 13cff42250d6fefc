/// The embedded stack: a broker in this process, the registry beside it, the services and the sample service.
@NullMarked
package io.ordeal.campaign.stack;

import org.jspecify.annotations.NullMarked;
