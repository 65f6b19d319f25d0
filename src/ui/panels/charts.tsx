/** Latency, memory and errors, each with the document's own thresholds drawn on it. */
import {Box} from 'ink';
import {useMemo, useRef} from 'react';
import {useStore} from 'zustand';
import type {RunState} from '../../run/state.ts';
import type {ViewState} from '../view-state.ts';
import {type Chart, chartScale, drawChart} from '../widgets/chart.tsx';
import type {Marker} from '../widgets/chart-layers.ts';
import {type ScaleMemory, shortSpan, steadyScale} from '../widgets/chart-scale.ts';
import {type Pen, penFor} from '../widgets/pen.ts';
import {baselineOf, headline, statisticName} from './charts-headline.ts';
import {type ChartKind, type ChartModel, chartModels} from './charts-model.ts';
import type {PaneProps} from './output.tsx';
import {Panel} from './panel.tsx';

export type ChartsProps = PaneProps & {layout: 'column' | 'strip'};

const PANEL_NUMBER = 3;
const CHART_WIDTH_MIN = 24;
const CHART_HEIGHT_MIN = 8;
/** Rows of a chart per threshold: more lines than that are a fence, not a picture. */
const ROWS_PER_THRESHOLD = 2.5;
/** A rule may be judged on half a minute; a picture of half a minute shows no course. */
const SPAN_MS_MIN = 120_000;
const names: Record<ChartKind, string> = {latency: 'Latency', memory: 'Memory', errors: 'Errors'};

export function ChartsPanel({session, view, width, height, focused, glyphs, theme, now, layout}: ChartsProps) {
  const state = useStore(session.run);
  const {zoom, selected} = useStore(view, (each: ViewState) => each.chart);
  const scales = useRef(new Map<string, ScaleMemory>());
  const models = useMemo(() => chartModels(session.plan, state), [session.plan, state]);
  // The clock of the screen ticks slowly; the newest sample must not wait for it.
  const latest = Math.max(now, state.lastAt);
  const shown = Math.min(selected, models.length - 1);
  const rows = placesFor(layout, width, height, shown);
  const first = rows[0]?.[0]?.index;
  const drawChartAt = ({index, width: chartWidth, height: chartHeight}: Place) => {
    const model = models[index];
    if (model === undefined) return null;
    const pen = penFor(theme, glyphs, Math.max(0, chartWidth - 4));
    return (
      <Panel
        key={model.kind}
        title={titleOf(model, index === first, pen)}
        right={statisticName(model)}
        {...(model.standing?.kind === 'tripped' ? {border: 'border.danger' as const} : {})}
        {...{width: chartWidth, height: chartHeight, focused: focused && index === shown, glyphs, theme}}
      >
        {chartRows(model, {
          now: latest,
          zoom,
          height: chartHeight - 2,
          markers: markersOf(state),
          pen,
          scales: scales.current,
        })}
      </Panel>
    );
  };
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {rows.map(places => (
        <Box key={places[0]?.index}>{places.map(drawChartAt)}</Box>
      ))}
    </Box>
  );
}

type Place = {index: number; width: number; height: number};

/** Rows of charts: as many as have room to be read, the selected one among them. */
function placesFor(layout: 'column' | 'strip', width: number, height: number, selected: number): Place[][] {
  const all = [0, 1, 2];
  if (layout === 'strip') {
    const count = Math.min(all.length, Math.max(1, Math.floor(width / CHART_WIDTH_MIN)));
    const shown = around(all, count, selected);
    return [shown.map((index, position) => ({index, width: share(width, count, position), height}))];
  }
  if (height >= CHART_HEIGHT_MIN * all.length) {
    return all.map(index => [{index, width, height: share(height, all.length, index)}]);
  }
  if (height < CHART_HEIGHT_MIN * 2) return [[{index: selected, width, height}]];
  // A low wide place: the first chart over the whole width, the other two side by side below it.
  const top = share(height, 2, 0);
  if (width >= CHART_WIDTH_MIN * 2) {
    const below = [1, 2].map((index, position) => ({index, width: share(width, 2, position), height: height - top}));
    return [[{index: 0, width, height: top}], below];
  }
  return around(all, 2, selected).map((index, position) => [{index, width, height: share(height, 2, position)}]);
}

function around(all: readonly number[], count: number, selected: number): readonly number[] {
  const first = Math.min(Math.max(0, selected - count + 1), all.length - count);
  return all.slice(first, first + count);
}

/** The first ones take what does not divide evenly. */
function share(total: number, count: number, position: number): number {
  return Math.floor(total / count) + (position < total % count ? 1 : 0);
}

function titleOf(model: ChartModel, numbered: boolean, pen: Pen): string {
  const number = numbered ? `${PANEL_NUMBER} ` : '';
  const signal = model.signal === undefined ? '' : ` ${pen.glyphs.separator} ${pen.plain(model.signal)}`;
  return `${number}${names[model.kind]}${signal}`;
}

type Drawing = {
  now: number;
  zoom: number;
  height: number;
  markers: readonly Marker[];
  pen: Pen;
  scales: Map<string, ScaleMemory>;
};

function chartRows(model: ChartModel, {now, zoom, height, markers, pen, scales}: Drawing): string[] {
  const spanMs = Math.max(SPAN_MS_MIN, model.windowMs) / 2 ** zoom;
  const plotRows = Math.max(0, height - 1);
  const baseline = baselineOf(model);
  const chart: Chart = {
    width: pen.width,
    height: plotRows,
    now,
    fromMs: now - spanMs,
    series: [{samples: model.line}],
    thresholds: model.thresholds.slice(0, Math.max(1, Math.floor(plotRows / ROWS_PER_THRESHOLD))),
    markers,
    ...(baseline === undefined ? {} : {baseline}),
    reduce: model.reduce,
    fromZero: model.fromZero,
    empty: pen.plain(model.line.length === 0 ? model.empty : `nothing measured in the last ${shortSpan(spanMs)}`),
    glyphs: pen.glyphs,
    theme: pen.theme,
  };
  const key = `${model.kind} ${model.signal ?? ''}`;
  const scale = steadyScale(scales.get(key), chartScale(chart), now);
  scales.set(key, scale);
  return [headline(model, now, pen.width, pen), ...drawChart({...chart, scale})];
}

function markersOf(state: RunState): Marker[] {
  const {rollback, deployStartedAt} = state;
  return [
    ...(deployStartedAt === undefined ? [] : [{at: deployStartedAt, label: 'deploy'}]),
    ...(rollback.status === 'running' ? [{at: rollback.startedAt, label: 'rollback'}] : []),
    ...(rollback.status === 'finished' && rollback.result === 'rolled-back'
      ? [{at: rollback.at, label: 'rolled back'}]
      : []),
  ];
}
