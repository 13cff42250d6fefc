/// Writes what came of a run: for people, for spreadsheets, for CI and for machines.
@NullMarked
package io.ordeal.campaign.report;

import org.jspecify.annotations.NullMarked;
