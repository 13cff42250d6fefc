/// The second opinion: windows and verdicts of a finished run, worked out from its records alone.
///
/// Plain on purpose. It holds every request, sorts where it needs an order, and looks at every window again for every
/// question. It shares nothing with the aggregator but the contract and the statistics of slopes and ratios: where both
/// agree, docs/verdicts.md was read the same way twice.
@NullMarked
package io.ordeal.aggregator.audit;

import org.jspecify.annotations.NullMarked;
