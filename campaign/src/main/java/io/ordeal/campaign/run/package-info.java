/// Running a plan: commands out, events in, and an end in every case.
@NullMarked
package io.ordeal.campaign.run;

import org.jspecify.annotations.NullMarked;
