// The types catch what they are there to catch: each line marked below must be an error, or tsc complains about the mark.
import type { Frame, Stat, Timeseries } from "./panels";

export const stat = (good: Stat): Stat[] => [
  // @ts-expect-error an option of another name
  { ...good, options: { ...good.options, colourMode: "background" } },
  // @ts-expect-error a value that the option does not have
  { ...good, options: { ...good.options, graphMode: "lines" } },
  // @ts-expect-error a query field of another name
  { ...good, targets: [{ refId: "A", expr: "up", legend: "x" }] },
  // @ts-expect-error a field of the panel itself
  { ...good, titel: "x" },
];

export const timeseries = (good: Timeseries): Timeseries[] => [
  // @ts-expect-error an option of the drawing
  { ...good, fieldConfig: { ...good.fieldConfig, defaults: { custom: { fillOpacityy: 10 } } } },
  // @ts-expect-error a value of the drawing
  { ...good, fieldConfig: { ...good.fieldConfig, defaults: { custom: { showPoints: "no" } } } },
  // @ts-expect-error an option that must be there
  { ...good, options: { legend: good.options.legend } },
  // @ts-expect-error a panel type that Grafana no longer has
  { ...good, type: "graph" },
];

export const frame = (good: Frame): Frame[] => [
  // @ts-expect-error a setting of the dashboard
  { ...good, graphToolTip: 1 },
  // @ts-expect-error a variable of a kind that does not exist
  { ...good, templating: { list: [{ name: "x", type: "label" }] } },
];
