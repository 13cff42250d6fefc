/// Reads campaign documents: YAML in, a campaign out, or every problem at once with its place.
@NullMarked
package io.ordeal.campaign.read;

import org.jspecify.annotations.NullMarked;
