/** The rows of one chart: its headline and the picture below it. Pure, except that it remembers scales. */
import {compact} from '../../text/compact.ts';
import {wrap} from '../../text/width.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {type Chart, chartScale, drawChart} from './chart.ts';
import type {ChartModel} from './chart-content.ts';
import {baselineOf, headline} from './chart-headline.ts';
import {lineOf, medianOf} from './chart-line.ts';
import {type ScaleMemory, shortSpan, steadyScale} from './chart-scale.ts';
import {fromMsFor} from './chart-span.ts';
import type {Marker} from './moment-lines.ts';
import {silenceWords} from './signal-health.ts';

export type Drawing = {
  key: string;
  now: number;
  spanMs: number;
  /** When the run was opened, epoch ms. */
  startMs: number;
  height: number;
  markers: readonly Marker[];
  writer: TextWriter;
  scales: Map<string, ScaleMemory>;
};

/** A chart shows at most one threshold for this many rows: more lines would hide the readings. */
const ROWS_PER_THRESHOLD = 2.5;
/** With fewer rows there is no second line, because it would hide the first. */
const MEDIAN_FROM_ROWS = 7;
/** With fewer rows, the reason of a silent source gets one row only. */
const SILENCE_FROM_ROWS = 8;

/** Remembers rows: they are drawn again only for a new reading, a new verdict, or the next column of time. */
export type KnownRows = Map<string, {of: readonly unknown[]; rows: string[]}>;

export function chartRows(model: ChartModel, drawing: Drawing, known: KnownRows): string[] {
  const {key, now, spanMs, startMs, height, markers, writer} = drawing;
  const {samples, history, verdict, slope, standing, silence, since, rule} = model;
  const columnMs = (now - fromMsFor(spanMs, startMs, now)) / Math.max(1, writer.width);
  const words = silence === undefined ? undefined : silenceWords(silence);
  const of = [
    ...[samples, history, verdict?.text, slope?.text, standing, words, since, rule, model.isDown],
    ...[Math.floor(now / columnMs), spanMs, height, writer.width, writer.glyphs, writer.theme, markers],
  ];
  const before = known.get(key);
  if (before?.of.every((part, index) => part === of[index])) return before.rows;
  const rows = drawnRows(model, drawing);
  known.set(key, {of, rows});
  return rows;
}

function drawnRows(model: ChartModel, {key, now, spanMs, startMs, height, markers, writer, scales}: Drawing): string[] {
  const heading = headingRows(model, now, height, writer);
  const plotRows = Math.max(0, height - heading.length);
  const fromMs = fromMsFor(spanMs, startMs, now);
  const baseline = baselineOf(model);
  const line = lineOf(model, fromMs);
  const hasMedian = model.kind === 'latency' && plotRows >= MEDIAN_FROM_ROWS;
  const median = hasMedian ? medianOf(model, fromMs, now, writer.width) : [];
  const chart: Chart = compact({
    width: writer.width,
    height: plotRows,
    now,
    fromMs,
    series: [{samples: line}, ...(hasMedian ? [{samples: median, token: 'chart.baseline' as const}] : [])],
    thresholds: model.thresholds.slice(0, Math.max(1, Math.floor(plotRows / ROWS_PER_THRESHOLD))),
    markers,
    baseline: baseline === undefined || model.since === 0 ? undefined : baseline,
    judgedFrom: model.since === 0 ? Number.POSITIVE_INFINITY : model.since,
    reduce: model.reduce,
    fromZero: model.fromZero,
    // The headline says already that there is no answer.
    empty: model.isDown ? '' : writer.plain(emptyWords(model, now - fromMs)),
    glyphs: writer.glyphs,
    theme: writer.theme,
  });
  const memory = `${key} ${spanMs}`;
  const wanted = chartScale(chart);
  // An empty picture has no scale for the first readings.
  const isEmpty = chart.thresholds.length === 0 && line.every(({value}) => value === undefined);
  if (isEmpty) return [...heading, ...drawChart({...chart, scale: wanted})];
  const scale = steadyScale(scales.get(memory), wanted, now);
  scales.set(memory, scale);
  return [...heading, ...drawChart({...chart, scale})];
}

/** The reason of a silent source may take a second row. */
function headingRows(model: ChartModel, now: number, height: number, writer: TextWriter): string[] {
  const {silence} = model;
  if (silence === undefined || height < SILENCE_FROM_ROWS) return [headline(model, now, writer.width, writer)];
  if (silence.cut !== undefined) return [headline(model, now, writer.width, writer)];
  const [sign, token] = model.isDown
    ? [writer.glyphs.failed, 'bad' as const]
    : [writer.glyphs.unknown, 'muted' as const];
  const [first = '', second] = wrap(writer.plain(`${sign} ${silenceWords(silence)}`), writer.width);
  if (second === undefined) return [headline(model, now, writer.width, writer)];
  return [writer.write(token, first), writer.write(token, second)];
}

function emptyWords(model: ChartModel, spanMs: number): string {
  return model.samples.length === 0 ? model.empty : `nothing measured in the last ${shortSpan(spanMs)}`;
}
