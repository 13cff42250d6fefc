/// The command line, and nothing else.
@NullMarked
package io.ordeal.campaign.cli;

import org.jspecify.annotations.NullMarked;
