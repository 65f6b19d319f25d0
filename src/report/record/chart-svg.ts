/** A signal as a picture in the HTML record. */
import type {Rule} from '../../plan/plan.ts';
import {fineFigure} from '../../text/figures.ts';
import {missionTime, stretchText} from '../../text/times.ts';
import {boundOnly} from '../rule-text.ts';
import {lineRuns, type Stretch, unmeasured} from './chart-runs.ts';
import {escapeHtml} from './html-text.ts';

export type SignalChart = {
  name: string;
  /** The unit of its readings; absent when nothing says it. */
  unit?: string;
  /** The whole run, oldest first. */
  stretches: readonly Stretch[];
  /** Thresholds over this signal that can be drawn in its own unit. */
  rules: readonly Rule[];
  /** What happened when: `deploy`, `rollback`. Epoch ms. */
  markers: readonly Marker[];
  /** Zero of the mission clock, epoch ms. */
  origin: number;
};

export type Marker = {at: number; text: string; tone: 'good' | 'bad'};

/** `labels`: where the bounds are named, beside the plot or in it. */
type Frame = {
  width: number;
  height: number;
  plot: {left: number; right: number; top: number; bottom: number};
  labels: 'beside' | 'inside';
  ticksMax: number;
};

/** For a desk and for paper, and for a phone: letters have the size of the text around them. */
const FRAMES: Readonly<Record<'desk' | 'phone', Frame>> = {
  desk: {width: 900, height: 244, plot: {left: 64, right: 700, top: 44, bottom: 214}, labels: 'beside', ticksMax: 6},
  phone: {width: 366, height: 244, plot: {left: 44, right: 358, top: 44, bottom: 214}, labels: 'inside', ticksMax: 3},
};
/** The height of one row of text. */
const ROW = 14;
/** The width of a letter, near enough to keep two labels apart. */
const LETTER = 7;

/** One signal over time: line, thresholds, what happened, gaps, and ticks at the foot where a measurement failed. */
export function chartSvg(chart: SignalChart, on: keyof typeof FRAMES): string {
  const frame = FRAMES[on];
  const scale = scaleOf(chart, frame);
  const label = escapeHtml(`${chart.name} over time`);
  return [
    `<svg viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label="${label}">`,
    ...gaps(chart.stretches, scale),
    ...valueAxis(chart, scale),
    ...timeAxis(chart, scale),
    ...thresholds(chart.rules, scale),
    ...markers(chart.markers, scale),
    ...lineRuns(chart.stretches).map(run => lineRun(run, scale)),
    ...chart.stretches.filter(({errors}) => errors > 0).map(stretch => errorTick(stretch, scale)),
    '</svg>',
  ].join('\n');
}

type Scale = {
  frame: Frame;
  x(at: number): number;
  y(value: number): number;
  from: number;
  to: number;
  top: number;
  step: number;
};

function scaleOf({stretches, rules, markers: marked, unit}: SignalChart, frame: Frame): Scale {
  const {plot} = frame;
  const times = [...stretches.map(({at}) => at), ...marked.map(({at}) => at)];
  const values = stretches.flatMap(({max}) => max ?? []);
  const from = least(times);
  const to = Math.max(from + 1, most(times));
  const highest = most(values);
  // A threshold far above the line would flatten the line, so it is not drawn; its label is at the upper edge.
  const bounds = rules.map(({value}) => value).filter(value => value <= highest * 3);
  // Nothing but zeros has a scale, too.
  const upper = Math.max(0, most([...values, ...bounds])) || 1;
  // There is no half of a failure.
  const step = Math.max(unit === undefined || unit === 'count' ? 1 : 0, niceStep(upper / 5));
  const top = step * Math.ceil((upper * 1.02) / step);
  return {
    frame,
    x: at => plot.left + ((plot.right - plot.left) * (at - from)) / (to - from),
    y: value => plot.top + (plot.bottom - plot.top) * (1 - Math.min(1, Math.max(0, value / top))),
    from,
    to,
    top,
    step,
  };
}

/** The next of 1, 2, 5, 10, … */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find(factor => factor * power >= least * (1 - 1e-9)) ?? 10) * power;
}

function valueAxis({unit}: SignalChart, {y, top, step, frame: {plot}}: Scale): readonly string[] {
  const ticks = Array.from({length: Math.round(top / step) + 1}, (_, index) => Number((index * step).toPrecision(12)));
  return [
    ...ticks.map(value => {
      const height = y(value);
      const kind = value === 0 ? 'axis' : 'grid';
      return `${line(kind, plot.left, plot.right, height, height)}${text('label', plot.left - 6, height + 4, fineFigure(value), 'end')}`;
    }),
    ...(unit === undefined || unit === 'count' ? [] : [text('label', plot.left - 6, plot.top - 12, unit, 'end')]),
  ];
}

const SECOND = 1000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400].map(
  s => s * SECOND,
);

function timeAxis({origin}: SignalChart, {x, from, to, frame: {plot, width, ticksMax}}: Scale): readonly string[] {
  const step = STEPS.find(one => (to - from) / one <= ticksMax) ?? (to - from) / ticksMax;
  const first = Math.ceil((from - origin) / step);
  const last = Math.floor((to - origin) / step);
  return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => {
    const ms = (first + index) * step;
    const where = x(origin + ms);
    const said = missionTime(ms);
    const middle = Math.min(where, width - (said.length * LETTER) / 2 - 4);
    return `${line('axis', where, where, plot.bottom, plot.bottom + 4)}${text('label', middle, plot.bottom + 18, said, 'middle')}`;
  });
}

/** What counts most is what the line looks like where several rules have the same bound. */
const WEIGHT: Readonly<Record<Rule['role'], number>> = {trigger: 3, alert: 2, criterion: 1, target: 0};

/** The bounds across the plot, their labels to the right of it or above them, each on a row of its own. */
function thresholds(rules: readonly Rule[], {y, top, frame: {plot, labels}}: Scale): readonly string[] {
  const sorted = rules.toSorted((a, b) => b.value - a.value);
  // Above stand the labels of what happened, which may reach as far to the right.
  let next = plot.top + ROW - 3;
  const drawn = [...Map.groupBy(sorted, boundOnly)].map(([bound, same]) => {
    const roles = [...new Set(same.map(({role}) => role))].toSorted((a, b) => WEIGHT[b] - WEIGHT[a]);
    const [role = 'target'] = roles;
    const value = same[0]?.value ?? 0;
    const height = y(value);
    const row = Math.max(next, labels === 'beside' ? height + 4 : height - 4);
    next = row + ROW;
    const said = `${roles.join(', ')} ${bound}${value > top ? ' ↑' : ''}`;
    const label =
      labels === 'beside'
        ? text(`label ${role}`, plot.right + 6, row, said)
        : text(`label ${role}`, plot.right - 4, row, said, 'end');
    return {across: line(`threshold ${role}`, plot.left, plot.right, height, height), label};
  });
  // No line goes through the label of another.
  return [...drawn.map(({across}) => across), ...drawn.map(({label}) => label)];
}

/** What happened, on as many rows above the plot as keep the texts apart. */
function markers(all: readonly Marker[], {x, frame: {width, plot}}: Scale): readonly string[] {
  const ends: number[] = [];
  return all
    .toSorted((a, b) => a.at - b.at)
    .map(({at, text: said, tone}) => {
      const where = x(at);
      const long = said.length * LETTER + 4;
      // At the right edge the text stands before its line.
      const isBefore = where + long > width;
      const [from, to] = isBefore ? [where - long, where] : [where, where + long];
      const row = Math.max(0, [0, 1, 2].find(one => (ends[one] ?? 0) < from) ?? 2);
      ends[row] = to + 4;
      const foot = plot.top - 4 - row * ROW;
      const label = isBefore
        ? text(`label ${tone}`, where - 4, foot, said, 'end')
        : text(`label ${tone}`, where + 4, foot, said);
      return `${line(`marker ${tone}`, where, where, foot - 10, plot.bottom)}${label}`;
    });
}

function gaps(stretches: readonly Stretch[], {x, frame: {plot}}: Scale): readonly string[] {
  return unmeasured(stretches).map(({from, to}) => {
    const title = `<title>nothing measured for ${stretchText(to - from)}</title>`;
    const [left, right] = [x(from), x(to)].map(place => place.toFixed(1));
    const width = (Number(right) - Number(left)).toFixed(1);
    return `<rect class="gap" x="${left}" y="${plot.top}" width="${width}" height="${plot.bottom - plot.top}">${title}</rect>`;
  });
}

function lineRun(run: readonly Stretch[], {x, y}: Scale): string {
  const [first] = run;
  if (first === undefined) return '';
  const point = (at: number, value = 0) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`;
  if (run.length === 1) {
    return `<circle class="point" cx="${x(first.at).toFixed(1)}" cy="${y(first.mean ?? 0).toFixed(1)}" r="2"/>`;
  }
  const upper = run.map(({at, max}) => point(at, max));
  const lower = run.map(({at, min}) => point(at, min)).reverse();
  const isBand = run.some(({min, max}) => min !== max);
  return [
    ...(isBand ? [`<polygon class="band" points="${[...upper, ...lower].join(' ')}"/>`] : []),
    `<polyline class="line" points="${run.map(({at, mean}) => point(at, mean)).join(' ')}"/>`,
  ].join('\n');
}

function errorTick({at, n, errors, error}: Stretch, {x, frame: {plot}}: Scale): string {
  const where = x(at).toFixed(1);
  const title = `<title>${escapeHtml(error ?? `${errors} of ${n} failed`)}</title>`;
  return `<line class="error" x1="${where}" x2="${where}" y1="${plot.bottom}" y2="${plot.bottom - 9}">${title}</line>`;
}

function line(className: string, x1: number, x2: number, y1: number, y2: number): string {
  const [a, b, c, d] = [x1, x2, y1, y2].map(place => place.toFixed(1));
  return `<line class="${className}" x1="${a}" x2="${b}" y1="${c}" y2="${d}"/>`;
}

function text(
  className: string,
  x: number,
  y: number,
  said: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  const place = `x="${x.toFixed(1)}" y="${y.toFixed(1)}"`;
  return `<text class="${className}" ${place} text-anchor="${anchor}">${escapeHtml(said)}</text>`;
}

// On a long run, spread arguments would overflow the stack.
function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), values[0] ?? 0);
}

function most(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), values[0] ?? 0);
}
