/** A signal as a picture in the HTML record. */
import type {Rule} from '../../plan/plan.ts';
import {merge} from '../../run/rules/history.ts';
import type {Bucket} from '../../run/state.ts';
import {fineFigure, fineQuantity} from '../../text/figures.ts';
import {missionTime} from '../../text/times.ts';
import {escapeHtml} from './html-text.ts';

type SignalChart = {
  signal: string;
  /** The whole run, oldest first. */
  stretches: readonly Stretch[];
  /** Thresholds over this signal that can be drawn in its own unit. */
  rules: readonly Rule[];
  deployStartedAt?: number;
};

/** `error`: of a single reading that failed. */
export type Stretch = Bucket & {error?: string};

const WIDTH = 720;
const HEIGHT = 200;
const MARGIN = {left: 56, right: 12, top: 12, bottom: 24};
/** With more points than this, each slice of them is drawn as its mean, over the span from its least to its most. */
const SLICES_MAX = 240;
/** A gap of this many usual distances means that nothing was measured there. */
const GAP_FACTOR = 3;

/** One signal over time: line, thresholds, when the deploy began, and ticks at the foot where a measurement failed. */
export function chartSvg(chart: SignalChart): string {
  const scale = scaleOf(chart);
  const label = escapeHtml(`${chart.signal} over time`);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">`,
    axes(chart, scale),
    ...chart.rules.map(rule => threshold(rule, scale)),
    deployMarker(chart, scale),
    ...lineRuns(chart.stretches).map(run => lineRun(run, scale)),
    ...chart.stretches.filter(({errors}) => errors > 0).map(stretch => errorTick(stretch, scale)),
    '</svg>',
  ].join('\n');
}

type Scale = {x(at: number): string; y(value: number): string; from: number; to: number; top: number};

function scaleOf({stretches, rules, deployStartedAt}: SignalChart): Scale {
  const times = stretches.map(({at}) => at).concat(deployStartedAt ?? []);
  const values = stretches.flatMap(({max}) => max ?? []);
  const from = least(times);
  const to = Math.max(from + 1, most(times));
  const highest = most(values);
  // A threshold far above the line would flatten the line, so it is not drawn; its label is at the upper edge.
  const bounds = rules.map(({value}) => value).filter(value => value <= highest * 3);
  const top = Math.max(most([...values, ...bounds]) * 1.1, Number.EPSILON);
  const [innerWidth, innerHeight] = [WIDTH - MARGIN.left - MARGIN.right, HEIGHT - MARGIN.top - MARGIN.bottom];
  return {
    x: at => (MARGIN.left + (innerWidth * (at - from)) / (to - from)).toFixed(1),
    y: value => (MARGIN.top + innerHeight * (1 - Math.min(1, Math.max(0, value / top)))).toFixed(1),
    from,
    to,
    top,
  };
}

function axes({deployStartedAt}: SignalChart, {y, from, to, top}: Scale): string {
  const origin = deployStartedAt ?? from;
  const foot = HEIGHT - 6;
  return [
    `<line class="axis" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(0)}" y2="${y(0)}"/>`,
    `<text class="label" x="${MARGIN.left - 6}" y="${y(0)}" text-anchor="end">0</text>`,
    `<text class="label" x="${MARGIN.left - 6}" y="${MARGIN.top + 8}" text-anchor="end">${fineFigure(top)}</text>`,
    `<text class="label" x="${MARGIN.left}" y="${foot}">${missionTime(from - origin)}</text>`,
    `<text class="label" x="${WIDTH - MARGIN.right}" y="${foot}" text-anchor="end">${missionTime(to - origin)}</text>`,
  ].join('\n');
}

function threshold({value, op, unit, role}: Rule, {y, top}: Scale): string {
  const height = y(value);
  const arrow = value > top ? ' ↑' : '';
  return [
    `<line class="threshold ${role}" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${height}" y2="${height}"/>`,
    `<text class="label ${role}" x="${WIDTH - MARGIN.right}" y="${(Number(height) + 11).toFixed(1)}" text-anchor="end">`,
    escapeHtml(`${role} ${op} ${fineQuantity(value, unit)}${arrow}`),
    '</text>',
  ].join('');
}

function deployMarker({deployStartedAt}: SignalChart, {x}: Scale): string {
  if (deployStartedAt === undefined) return '';
  const at = x(deployStartedAt);
  return [
    `<line class="deploy" x1="${at}" x2="${at}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}"/>`,
    `<text class="label" x="${(Number(at) + 4).toFixed(1)}" y="${MARGIN.top + 8}">deploy</text>`,
  ].join('\n');
}

function lineRun(run: readonly Stretch[], {x, y}: Scale): string {
  const [first] = run;
  if (first === undefined) return '';
  if (run.length === 1) return `<circle class="point" cx="${x(first.at)}" cy="${y(first.mean ?? 0)}" r="2"/>`;
  const through = (height: (stretch: Stretch) => number | undefined) =>
    run.map(stretch => `${x(stretch.at)},${y(height(stretch) ?? 0)}`);
  const upper = through(({max}) => max);
  const lower = through(({min}) => min).reverse();
  const isBand = run.some(({min, max}) => min !== max);
  return [
    ...(isBand ? [`<polygon class="band" points="${[...upper, ...lower].join(' ')}"/>`] : []),
    `<polyline class="line" points="${through(({mean}) => mean).join(' ')}"/>`,
  ].join('\n');
}

function errorTick({at, n, errors, error}: Stretch, {x}: Scale): string {
  const where = x(at);
  const title = `<title>${escapeHtml(error ?? `${errors} of ${n} failed`)}</title>`;
  return `<line class="error" x1="${where}" x2="${where}" y1="${HEIGHT - MARGIN.bottom}" y2="${HEIGHT - MARGIN.bottom - 8}">${title}</line>`;
}

/** The readings, thinned, in pieces without a gap. Failed measurements or missing ones break the line. */
function lineRuns(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const size = Math.ceil(stretches.length / SLICES_MAX);
  const usualMs = usualDistance(stretches) * size;
  const runs: Stretch[][] = [];
  let open = false;
  let lastAt = 0;
  for (let index = 0; index < stretches.length; index += size) {
    const slice = stretches.slice(index, index + size).reduce((a, b) => merge(a, b));
    if (slice.mean === undefined) {
      open = false;
      continue;
    }
    if (!open || slice.at - lastAt > usualMs * GAP_FACTOR) runs.push([]);
    runs.at(-1)?.push(slice);
    open = true;
    lastAt = slice.at;
  }
  return runs;
}

function usualDistance(stretches: readonly Stretch[]): number {
  const steps = stretches.slice(1).map(({at}, index) => at - (stretches[index]?.at ?? at));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
}

// On a long run, spread arguments would overflow the stack.
function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), values[0] ?? 0);
}

function most(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), values[0] ?? 0);
}
