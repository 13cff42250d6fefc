// What a dashboard must keep to, after the rules of grafana/dashboard-linter and a few of our own. Pure, apart from `parse`.

const WRAPPERS = new Set(["rate", "irate", "increase"]);
const DATA_PANELS = new Set(["stat", "state-timeline", "timeseries", "heatmap", "table"]);
// The units that our panels use, of Grafana's list: a misspelt one is shown as plain text behind the number.
const UNITS = new Set(["none", "short", "s", "reqps", "ops", "percentunit", "bytes", "Bps"]);

/** The query as Prometheus sees it: Grafana's variables replaced. The intervals differ, so that a rule can tell them apart. */
export function filledIn(expr, { rate = "17s", range = "19m", job = ".+", run = ".+" } = {}) {
  return expr
    .replaceAll("$__rate_interval", rate)
    .replaceAll("$__range", range)
    .replaceAll("$job", job)
    .replaceAll("$run", run);
}

/** Every query of a dashboard: those of its panels, annotations and variables. */
export function queries(dashboard) {
  const ofPanels = dashboard.panels
    .filter((panel) => panel.type !== "row")
    .flatMap((panel) => panel.targets.map((target) => ({ place: `${panel.title} ${target.refId}`, panel, target, expr: target.expr })));
  const ofAnnotations = dashboard.annotations.list.map((it) => ({ place: `annotation ${it.name}`, expr: it.target.expr }));
  const ofVariables = dashboard.templating.list
    .filter((it) => it.type === "query")
    .map((it) => ({ place: `variable ${it.name}`, expr: /^label_values\((.+), \w+\)$/.exec(it.query)?.[1] ?? it.query }));
  return [...ofPanels, ...ofAnnotations, ...ofVariables];
}

/** The problems of one dashboard: a list of {rule, place, message}. `parse` turns PromQL into Prometheus' syntax tree, or throws. */
export async function problems(dashboard, parse) {
  const found = [];
  const report = (rule, place, message) => found.push({ rule, place, message });
  settings(dashboard, report);
  variables(dashboard, report);
  dashboard.panels.filter((panel) => panel.type !== "row").forEach((panel) => panelRules(panel, report));
  layout(dashboard, report);
  for (const query of queries(dashboard)) {
    try {
      queryRules(query, await parse(filledIn(query.expr)), report);
    } catch (failure) {
      report("promql", query.place, failure.message);
    }
  }
  return found;
}

function settings(dashboard, report) {
  const at = "dashboard";
  if (dashboard.schemaVersion !== 42) report("schema-version", at, "must be 42, the last one of the classic model");
  if (dashboard.editable !== false) report("not-editable", at, "a provisioned dashboard is not edited in Grafana");
  if (!dashboard.tags?.includes("ordeal")) report("tag", at, "without the tag ordeal no other dashboard links to it");
  if (!dashboard.uid?.startsWith("ordeal-")) report("uid", at, "a stable uid, ordeal-NAME, keeps links alive");
  if (!dashboard.description) report("description", at, "say which question it answers");
  if ("id" in dashboard || "__inputs" in dashboard) report("export-fields", at, "id and __inputs belong to files that were exported to be shared");
  const faults = dashboard.annotations.list.find((it) => it.name === "Faults");
  if (faults?.target?.interval !== "1s") report("fault-step", at, "fault annotations need a step of 1s, or short faults fall between two points");
}

function variables(dashboard, report) {
  const list = dashboard.templating.list;
  const sources = list.filter((it) => it.type === "datasource");
  if (sources.length !== 1 || sources[0].name !== "datasource" || sources[0].query !== "prometheus")
    report("template-datasource", "variables", "exactly one data source variable, named datasource, of type prometheus");
  const job = list.find((it) => it.name === "job");
  if (!job || job.label !== "job" || !job.multi || job.allValue !== ".+")
    report("template-job", "variables", "a variable job, labelled job, with several values and .+ for all: .* also matches what has no job");
  for (const variable of list.filter((it) => it.type === "query")) {
    if (variable.refresh !== 2) report("template-refresh", `variable ${variable.name}`, "must reload when the time range changes (refresh 2)");
    if ("current" in variable) report("template-current", `variable ${variable.name}`, "leave current out: it is the reader's");
  }
}

function panelRules(panel, report) {
  if (!DATA_PANELS.has(panel.type)) return report("panel-type", panel.title, `no check covers panels of type ${panel.type}`);
  if (!panel.title || !panel.description) report("panel-title-description", panel.title ?? `panel ${panel.id}`, "needs a title and a description");
  if (!panel.targets?.length) report("panel-targets", panel.title, "has no query");
  for (const part of [panel, ...panel.targets])
    if (part.datasource?.uid !== "${datasource}") report("panel-datasource", panel.title, "must use the variable ${datasource}");
  const { unit, mappings } = panel.fieldConfig.defaults;
  const units = [unit, ...panel.fieldConfig.overrides.flatMap((it) => it.properties.filter((one) => one.id === "unit").map((one) => one.value))];
  if (panel.type === "heatmap") units[0] = panel.options.yAxis?.unit;
  if (!mappings && !units[0]) report("panel-units", panel.title, "needs a unit or value mappings");
  for (const one of units) if (one && !UNITS.has(one)) report("panel-units", panel.title, `unknown unit ${one}`);
  if (panel.type === "stat" && !panel.fieldConfig.defaults.noValue) report("panel-no-value", panel.title, "must say what silence looks like (noValue)");
  const ids = panel.targets?.map((it) => it.refId) ?? [];
  if (new Set(ids).size !== ids.length) report("target-ref-id", panel.title, "two queries share a refId");
}

function layout(dashboard, report) {
  const boxes = dashboard.panels.map((panel) => ({ panel, ...panel.gridPos }));
  const ids = new Set(dashboard.panels.map((panel) => panel.id));
  if (ids.size !== dashboard.panels.length) report("panel-id", "layout", "two panels share an id");
  boxes.forEach((a, i) => {
    if (a.x + a.w > 24) report("layout", a.panel.title, "reaches over the right edge");
    for (const b of boxes.slice(i + 1))
      if (a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h) report("layout", a.panel.title, `overlaps ${b.panel.title}`);
  });
}

function queryRules({ place, panel, target, expr }, tree, report) {
  const isVariableJob = place === "variable job";
  visit(tree, [], (node, parents) => {
    if (node.type === "vectorSelector" || node.type === "matrixSelector") {
      const matches = (label) => node.matchers.some((it) => it.name === label && it.type === "=~" && it.value === ".+");
      if (!isVariableJob && !matches("job")) report("target-job", place, `${node.name} must be limited to job=~"$job"`);
      const inRate = parents.some((it) => it.type === "call" && WRAPPERS.has(it.func.name));
      if (node.name.endsWith("_total") && !inRate && panel) report("counter-rate", place, `${node.name} is a counter: wrap it in rate or increase`);
      if (node.type === "matrixSelector" && ![17_000, 19 * 60_000].includes(node.range))
        report("rate-interval", place, "ranges are [$__rate_interval], or [$__range] in a table or stat");
      if (node.type === "matrixSelector" && node.range === 19 * 60_000 && !target?.instant)
        report("rate-interval", place, "[$__range] belongs in instant queries only");
    }
  });
  if (/=~"\.\*"/.test(expr)) report("match-all", place, '=~".*" also matches series that lack the label');
}

function visit(node, parents, act) {
  if (Array.isArray(node)) return node.forEach((it) => visit(it, parents, act));
  if (node === null || typeof node !== "object") return;
  act(node, parents);
  Object.values(node).forEach((it) => visit(it, [...parents, node], act));
}

/** What is left of `found` after the exceptions, and the exceptions that excuse nothing. */
export function judge(uid, found, exceptions) {
  const mine = exceptions.filter((it) => it.dashboard === uid);
  const excuses = (it) => mine.filter((one) => one.rule === it.rule && it.place.startsWith(one.place));
  return {
    left: found.filter((it) => excuses(it).length === 0),
    idle: mine.filter((one) => !found.some((it) => excuses(it).includes(one))),
  };
}
