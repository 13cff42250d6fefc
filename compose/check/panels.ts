// The panel models of @grafana/schema, as a dashboard file writes them. Checked by tsc, never run.
import type { AnnotationQuery, Dashboard, DataSourceRef, Panel, RowPanel } from "@grafana/schema";
import type * as HeatmapPanel from "./node_modules/@grafana/schema/dist/types/raw/composable/heatmap/panelcfg/x/types.gen";
import type * as StatPanel from "./node_modules/@grafana/schema/dist/types/raw/composable/stat/panelcfg/x/types.gen";
import type * as TablePanel from "./node_modules/@grafana/schema/dist/types/raw/composable/table/panelcfg/x/types.gen";
import type * as TimelinePanel from "./node_modules/@grafana/schema/dist/types/raw/composable/statetimeline/panelcfg/x/types.gen";
import type * as TimeseriesPanel from "./node_modules/@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/types.gen";

/** JSON knows no enums: the string values of an enum are accepted in its place. */
type Loose<T> = T extends string
  ? `${T}`
  : T extends (infer Item)[]
    ? Loose<Item>[]
    : T extends object
      ? { [Key in keyof T]: Loose<T[Key]> }
      : T;

/** A query of Grafana's Prometheus data source. */
interface PromQuery {
  refId: string;
  datasource?: DataSourceRef;
  expr: string;
  legendFormat?: string;
  interval?: string;
  format?: "time_series" | "table" | "heatmap";
  instant?: boolean;
  range?: boolean;
  exemplar?: boolean;
}

// The schema leaves options and custom settings open (Record<string, unknown>): here each panel type closes them.
type Shown<Kind extends string, Options, Custom> = Loose<Omit<Panel, "type" | "targets" | "options" | "fieldConfig">> & {
  type: Kind;
  targets: PromQuery[];
  options: Loose<Options>;
  fieldConfig: { defaults: Defaults & { custom?: Loose<Partial<Custom>> }; overrides: Override[] };
};
type Defaults = Loose<Omit<NonNullable<Panel["fieldConfig"]>["defaults"], "custom">>;
interface Override {
  matcher: { id: "byName"; options: string };
  properties: { id: "unit" | "color" | "decimals" | "thresholds" | "custom.cellOptions"; value: unknown }[];
}

export type Stat = Shown<"stat", StatPanel.Options, object>;
export type Timeseries = Shown<"timeseries", TimeseriesPanel.Options, TimeseriesPanel.FieldConfig>;
export type StateTimeline = Shown<"state-timeline", TimelinePanel.Options, TimelinePanel.FieldConfig>;
export type Heatmap = Shown<"heatmap", HeatmapPanel.Options, HeatmapPanel.FieldConfig>;
export type Table = Shown<"table", TablePanel.Options, TablePanel.FieldConfig>;
export type Row = Loose<RowPanel>;

/** A dashboard without its panels. */
export type Frame = Loose<Omit<Dashboard, "panels" | "annotations">> & { annotations: { list: Annotation[] } };
type Annotation = Omit<AnnotationQuery, "target"> & { target: PromQuery; titleFormat: string; textFormat: string; tagKeys: string };
