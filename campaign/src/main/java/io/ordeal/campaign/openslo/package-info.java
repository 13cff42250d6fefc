/// Objectives as OpenSLO v1 says them, and back. https://github.com/OpenSLO/OpenSLO
@NullMarked
package io.ordeal.campaign.openslo;

import org.jspecify.annotations.NullMarked;
