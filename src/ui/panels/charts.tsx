/** Latency, memory and errors, each with the document's own thresholds drawn on it. */
import {Box} from 'ink';
import {useMemo, useRef} from 'react';
import {useStore} from 'zustand';
import type {RunState} from '../../run/state.ts';
import type {ViewState} from '../view-state.ts';
import {type Chart, chartScale, drawChart} from '../widgets/chart.tsx';
import {type ScaleMemory, steadyScale} from '../widgets/chart-scale.ts';
import {type Pen, penFor} from '../widgets/pen.ts';
import {baselineOf, headline, statisticName} from './charts-headline.ts';
import {type ChartKind, type ChartModel, chartModels} from './charts-model.ts';
import type {PaneProps} from './output.tsx';
import {Panel} from './panel.tsx';

export type ChartsProps = PaneProps & {layout: 'column' | 'strip'};

const PANEL_NUMBER = 3;
const CHART_WIDTH_MIN = 24;
const CHART_HEIGHT_MIN = 6;
/** Rows of a chart per threshold: more lines than that are a fence, not a picture. */
const ROWS_PER_THRESHOLD = 2.5;
const names: Record<ChartKind, string> = {latency: 'Latency', memory: 'Memory', errors: 'Errors'};

export function ChartsPanel({session, view, width, height, focused, glyphs, theme, now, layout}: ChartsProps) {
  const state = useStore(session.run);
  const {zoom, selected} = useStore(view, (each: ViewState) => each.chart);
  const scales = useRef(new Map<string, ScaleMemory>());
  const models = useMemo(() => chartModels(session.plan, state), [session.plan, state]);
  const places = placesFor(layout, width, height, Math.min(selected, models.length - 1));
  return (
    <Box flexDirection={layout === 'column' ? 'column' : 'row'} width={width} height={height} overflow="hidden">
      {places.map(place => {
        const model = models[place.index];
        if (model === undefined) return null;
        const pen = penFor(theme, glyphs, Math.max(0, place.width - 4));
        const isSelected = focused && place.index === selected;
        return (
          <Panel
            key={model.kind}
            title={titleOf(model, place.index, places, pen)}
            right={statisticName(model)}
            {...(model.standing?.kind === 'tripped' ? {border: 'border.danger' as const} : {})}
            {...{width: place.width, height: place.height, focused: isSelected, glyphs, theme}}
          >
            {chartRows(model, {
              now,
              zoom,
              height: place.height - 2,
              deployAt: deploys(state),
              pen,
              scales: scales.current,
            })}
          </Panel>
        );
      })}
    </Box>
  );
}

type Place = {index: number; width: number; height: number};

/** As many charts as have room, the selected one among them. */
function placesFor(layout: 'column' | 'strip', width: number, height: number, selected: number): Place[] {
  const room = layout === 'column' ? Math.floor(height / CHART_HEIGHT_MIN) : Math.floor(width / CHART_WIDTH_MIN);
  const count = Math.min(3, Math.max(1, room));
  const first = Math.min(Math.max(0, selected - count + 1), 3 - count);
  return Array.from({length: count}, (_, position) => ({
    index: first + position,
    width: layout === 'column' ? width : share(width, count, position),
    height: layout === 'column' ? share(height, count, position) : height,
  }));
}

/** The first ones take what does not divide evenly. */
function share(total: number, count: number, position: number): number {
  return Math.floor(total / count) + (position < total % count ? 1 : 0);
}

function titleOf(model: ChartModel, index: number, places: readonly Place[], pen: Pen): string {
  const number = index === places[0]?.index ? `${PANEL_NUMBER} ` : '';
  const signal = model.signal === undefined ? '' : ` ${pen.glyphs.separator} ${pen.plain(model.signal)}`;
  return `${number}${names[model.kind]}${signal}`;
}

type Drawing = {
  now: number;
  zoom: number;
  height: number;
  deployAt: readonly {at: number; label: string}[];
  pen: Pen;
  scales: Map<string, ScaleMemory>;
};

function chartRows(model: ChartModel, {now, zoom, height, deployAt, pen, scales}: Drawing): string[] {
  const spanMs = model.windowMs / 2 ** zoom;
  const plotRows = Math.max(0, height - 1);
  const baseline = baselineOf(model);
  const chart: Chart = {
    width: pen.width,
    height: plotRows,
    now,
    fromMs: now - spanMs,
    series: [{samples: model.samples}],
    thresholds: model.thresholds.slice(0, Math.max(1, Math.floor(plotRows / ROWS_PER_THRESHOLD))),
    markers: deployAt,
    ...(baseline === undefined ? {} : {baseline}),
    reduce: model.reduce,
    fromZero: model.fromZero,
    empty: pen.plain(model.empty),
    glyphs: pen.glyphs,
    theme: pen.theme,
  };
  const key = `${model.kind} ${model.signal ?? ''}`;
  const scale = steadyScale(scales.get(key), chartScale(chart), now);
  scales.set(key, scale);
  return [headline(model, now, pen.width, pen), ...drawChart({...chart, scale})];
}

function deploys(state: RunState): {at: number; label: string}[] {
  const {rollback, deployStartedAt} = state;
  return [
    ...(deployStartedAt === undefined ? [] : [{at: deployStartedAt, label: 'deploy'}]),
    ...(rollback.status === 'running' ? [{at: rollback.startedAt, label: 'rollback'}] : []),
  ];
}
