/// The campaigns that ship with Ordeal, found by looking.
@NullMarked
package io.ordeal.campaign.catalogue;

import org.jspecify.annotations.NullMarked;
