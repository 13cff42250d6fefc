// The linter finds what it is there to find: each case spoils a good dashboard in one way.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { problems } from "./lint.mjs";
import { parser } from "./prometheus.mjs";

const parse = parser(process.env.PROMETHEUS_URL);
const good = readFileSync(new URL("../grafana/dashboards/load.json", import.meta.url), "utf8");
const chart = (board) => board.panels.find((it) => it.type === "timeseries");

const cases = {
  "schema-version": (board) => (board.schemaVersion = 39),
  "not-editable": (board) => (board.editable = true),
  "export-fields": (board) => (board.id = 7),
  "fault-step": (board) => delete board.annotations.list[0].target.interval,
  "template-datasource": (board) => board.templating.list.shift(),
  "template-job": (board) => (board.templating.list[1].allValue = ".*"),
  "template-refresh": (board) => (board.templating.list[2].refresh = 1),
  "panel-type": (board) => (chart(board).type = "graph"),
  "panel-title-description": (board) => delete chart(board).description,
  "panel-datasource": (board) => (chart(board).targets[0].datasource.uid = "abc"),
  "panel-units": (board) => (chart(board).fieldConfig.defaults.unit = "%"),
  "panel-no-value": (board) => delete board.panels.find((it) => it.type === "stat").fieldConfig.defaults.noValue,
  "target-ref-id": (board) => (chart(board).targets[1].refId = chart(board).targets[0].refId),
  "panel-id": (board) => (board.panels[1].id = board.panels[0].id),
  layout: (board) => (board.panels[1].gridPos.x = board.panels[0].gridPos.x),
  promql: (board) => (chart(board).targets[0].expr = "sum(rate(x[$__rate_interval])"),
  "target-job": (board) => (chart(board).targets[0].expr = 'up{run=~"$run"}'),
  "counter-rate": (board) => (chart(board).targets[0].expr = 'ordeal_requests_total{job=~"$job"}'),
  "rate-interval": (board) => (chart(board).targets[0].expr = 'rate(ordeal_requests_total{job=~"$job"}[5m])'),
};

for (const [rule, spoil] of Object.entries(cases)) {
  test(`finds a violation of ${rule}`, async () => {
    const board = JSON.parse(good);
    const before = (await problems(board, parse)).map((it) => it.rule + it.place);
    spoil(board);
    const found = (await problems(board, parse)).filter((it) => !before.includes(it.rule + it.place));
    assert.ok(found.some((it) => it.rule === rule), `found ${JSON.stringify(found)}`);
  });
}
