// Runs every query of every dashboard on a Prometheus that has real data: node queries.mjs URL SECONDS RUN
import { readdirSync, readFileSync } from "node:fs";
import { filledIn, queries } from "./lint.mjs";
import { overTime } from "./prometheus.mjs";

const [url, seconds, run] = process.argv.slice(2);
const folder = new URL("../grafana/dashboards/", import.meta.url);
// Services in containers are what this is for; those of one host are tested by DashboardsIT.
const { mayBeEmpty, mayBeEmptyInContainers } = JSON.parse(readFileSync(new URL("exceptions.json", import.meta.url), "utf8"));
const counts = { data: 0, empty: 0, failed: 0 };

function points(series) {
  const values = series.flatMap((it) => [...(it.values ?? []), ...(it.histograms ?? [])]).map(([, value]) => value);
  return values.filter((value) => typeof value === "object" || !Number.isNaN(Number(value))).length;
}

async function outcome(board, { place, expr }) {
  const query = filledIn(expr, { rate: "15s", range: `${seconds}s`, run });
  try {
    const answer = await overTime(url, query, Number(seconds), 1);
    const told = [...(answer.warnings ?? []), ...(answer.infos ?? [])];
    if (told.length) return ["failed", told.join("; ")];
    if (points(answer.data.result)) return ["data", `${answer.data.result.length} series`];
    const excuse = [...mayBeEmpty, ...mayBeEmptyInContainers].find((it) => it.dashboard === board.uid && place.startsWith(it.place));
    return excuse ? ["empty", excuse.reason] : ["failed", `no data: ${query}`];
  } catch (failure) {
    return ["failed", `${failure.message}: ${query}`];
  }
}

// One line for a service that does not answer says more than the hundred empty queries that follow from it.
const targets = (await overTime(url, "max_over_time(up[1m])", 1, 1)).data.result;
const down = targets.filter((it) => it.values.at(-1)[1] === "0").map((it) => `${it.metric.job} (${it.metric.instance})`);
if (targets.length === 0) throw new Error(`${url} scrapes nothing`);
if (down.length) {
  console.error(`failed Prometheus had no answer from ${down.join(", ")}`);
  counts.failed += down.length;
}

for (const file of readdirSync(folder).filter((it) => it.endsWith(".json")).sort()) {
  const board = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  for (const query of queries(board)) {
    const [kind, detail] = await outcome(board, query);
    counts[kind]++;
    (kind === "failed" ? console.error : console.log)(`${kind.padEnd(6)} ${board.uid} | ${query.place} | ${detail}`);
  }
}
console.log(`queries: ${counts.data} with data, ${counts.empty} empty as they may be, ${counts.failed} failed`);
process.exitCode = counts.failed ? 1 : 0;
