// Checks the dashboards' types and rules: node dashboards.mjs PROMETHEUS_URL FOLDER_WITH_NODE_MODULES
import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { judge, problems, queries } from "./lint.mjs";
import { parser } from "./prometheus.mjs";

const [url, workshop] = process.argv.slice(2);
const folder = new URL("../grafana/dashboards/", import.meta.url);
const files = readdirSync(folder).filter((it) => it.endsWith(".json")).sort();
const boards = files.map((file) => ({ file, board: JSON.parse(readFileSync(new URL(file, folder), "utf8")) }));
const { exceptions } = JSON.parse(readFileSync(new URL("exceptions.json", import.meta.url), "utf8"));
const types = { stat: "Stat", timeseries: "Timeseries", "state-timeline": "StateTimeline", heatmap: "Heatmap", table: "Table", row: "Row" };
let failed = false;

function typesOf({ file, board }) {
  const { panels, ...frame } = board;
  const parts = [`export const frame: Frame = ${JSON.stringify(frame, null, 1)};`];
  for (const panel of panels) parts.push(`// ${panel.title}`, `export const panel${panel.id}: ${types[panel.type]} = ${JSON.stringify(panel, null, 1)};`);
  const source = `import type { Frame, ${Object.values(types).join(", ")} } from "./panels";\n${parts.join("\n")}\n`;
  writeFileSync(join(workshop, file.replace(".json", ".ts")), source);
}

for (const file of ["panels.ts", "panels.test.ts"]) copyFileSync(new URL(file, import.meta.url), join(workshop, file));
boards.forEach(typesOf);
try {
  const sources = ["panels.test.ts", ...files.map((it) => it.replace(".json", ".ts"))];
  execFileSync(join(workshop, "node_modules/.bin/tsc"), ["--strict", "--noEmit", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler", ...sources], {
    cwd: workshop,
    encoding: "utf8",
  });
  console.log(`types: ${boards.map((it) => it.board.panels.length).reduce((a, b) => a + b)} panels of ${files.length} dashboards agree with @grafana/schema`);
} catch (failure) {
  failed = true;
  console.error(failure.stdout || failure.message);
}

for (const { file, board } of boards) {
  const { left, idle } = judge(board.uid, await problems(board, parser(url)), exceptions);
  for (const it of left) console.error(`${file}: ${it.place}: ${it.message} [${it.rule}]`);
  for (const it of idle) console.error(`${file}: the exception from ${it.rule} for "${it.place}" excuses nothing: remove it`);
  failed ||= left.length + idle.length > 0;
}
const uids = new Set(boards.map((it) => it.board.uid));
if (uids.size !== boards.length) {
  failed = true;
  console.error("two dashboards share a uid");
}
if (!failed) console.log(`rules: ${boards.flatMap((it) => queries(it.board)).length} queries parse, and every panel keeps to the rules`);
process.exitCode = failed ? 1 : 0;
