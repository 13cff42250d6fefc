/// The campaign document as records: what a user wrote, validated and in the units of the domain.
@NullMarked
package io.ordeal.campaign.document;

import org.jspecify.annotations.NullMarked;
