/** The line above a chart: the figure its rule is judged by, and its change against the time before the deploy. Pure. */
import type {Sample} from '../../run/outcome.ts';
import {errorRate, hasValue, mean, percentile, slopePerHour} from '../../run/statistics.ts';
import {displayWidth} from '../format.ts';
import type {ThemeToken} from '../theme.ts';
import {figure, quantity} from '../widgets/chart-scale.ts';
import type {Pen} from '../widgets/pen.ts';
import type {ChartModel} from './charts-model.ts';

/** A change smaller than this says nothing. */
const CHANGE_SHOWN_MIN = 0.01;
/** Share of the rule's window that the readings must cover before their slope is worth a figure. */
const SLOPE_SPAN_SHARE_MIN = 0.8;

/** `P95`, `mean`, `RSS`: what the headline's figure is. */
export function statisticName({kind, rule}: ChartModel): string {
  if (kind === 'memory') return 'MiB';
  if (kind === 'errors') return rule?.unit === 'count' ? 'count' : '%';
  const statistic = rule?.statistic ?? 'p95';
  return /^p\d/.test(statistic) ? statistic.toUpperCase() : statistic;
}

export function baselineOf(model: ChartModel): number | undefined {
  return measured(model, model.baseline) ?? model.reference;
}

/** `745 ms ▼ 62 % vs baseline`: parts that do not fit are left out from the right. */
export function headline(model: ChartModel, now: number, width: number, pen: Pen): string {
  const inWindow = model.samples.filter(sample => sample.at >= Math.max(now - model.windowMs, model.since));
  const value = measured(model, inWindow);
  const failed = inWindow.filter(sample => sample.error !== undefined).length;
  if (value === undefined) {
    if (failed > 0) return pen.write('bad', `no reading, ${failed} failed`);
    return model.signal === undefined ? '' : pen.write('muted', 'no reading yet');
  }
  const parts: [ThemeToken, string][] = [[tokenOf(model), quantity(value, model.unit)]];
  if (model.kind === 'memory') parts.push(...slopeParts(model, inWindow));
  else parts.push(...changeParts(value, baselineOf(model), pen));
  if (failed > 0 && model.kind !== 'errors') parts.push(['bad', `${failed} failed`]);
  parts.push(['muted', `n=${inWindow.length}`]);
  return fitting(parts, width, pen);
}

function measured({kind, unit, rule}: ChartModel, samples: readonly Sample[]): number | undefined {
  const values = samples.filter(hasValue).map(sample => sample.value);
  if (kind === 'memory') return values.at(-1);
  if (kind === 'errors')
    return rule?.statistic === 'error-rate' || rule === undefined
      ? errorRate(samples)
      : unit === 'count'
        ? sum(values)
        : mean(values);
  if (rule?.statistic === 'mean') return mean(values);
  if (rule?.statistic === 'max') return percentile(values, 100);
  if (rule?.statistic === 'last') return values.at(-1);
  return percentile(values, Number(/^p(\d+)$/.exec(rule?.statistic ?? '')?.[1] ?? 95));
}

function sum(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0);
}

function changeParts(value: number, baseline: number | undefined, {glyphs}: Pen): [ThemeToken, string][] {
  if (baseline === undefined) return [];
  if (baseline === 0)
    return value === 0 ? [['muted', 'as baseline']] : [['warn', `${glyphs.arrowUp} from 0 at baseline`]];
  const change = (value - baseline) / Math.abs(baseline);
  if (Math.abs(change) < CHANGE_SHOWN_MIN) return [['muted', 'as baseline']];
  const arrow = change < 0 ? glyphs.arrowDown : glyphs.arrowUp;
  return [[change < 0 ? 'good' : 'warn', `${arrow} ${figure(Math.round(Math.abs(change) * 100))} % vs baseline`]];
}

/** A slope over a few readings is noise: no figure is quoted before the rule itself would be judged on it. */
function slopeParts({slope, windowMs}: ChartModel, samples: readonly Sample[]): [ThemeToken, string][] {
  const readings = samples.filter(hasValue);
  const perHour = slopePerHour(readings);
  if (perHour === undefined) return [];
  if (slope?.standing?.kind === 'warming') return [['muted', `slope in ${slope.standing.missing} samples`]];
  const spanMs = (readings.at(-1)?.at ?? 0) - (readings[0]?.at ?? 0);
  if (spanMs < (slope?.rule.windowMs ?? windowMs) * SLOPE_SPAN_SHARE_MIN) return [['muted', 'no slope yet']];
  const signed = `${perHour < 0 ? '-' : '+'}${figure(Math.abs(Math.round(perHour)))}`;
  const bound = slope === undefined ? '' : ` of ${figure(slope.rule.value)}`;
  return [[slopeToken(slope), `${signed}${bound} MB/h`]];
}

function slopeToken(slope: ChartModel['slope']): ThemeToken {
  switch (slope?.standing?.kind) {
    case 'tripped':
    case 'breached':
      return 'bad';
    case 'grey':
      return 'warn';
    case 'ok':
      return 'good';
    default:
      return 'muted';
  }
}

function tokenOf({standing}: ChartModel): ThemeToken {
  if (standing?.kind === 'tripped' || standing?.kind === 'breached') return 'bad';
  return standing?.kind === 'grey' ? 'warn' : 'title';
}

function fitting(parts: readonly [ThemeToken, string][], width: number, pen: Pen): string {
  let row = '';
  let taken = 0;
  for (const [token, text] of parts) {
    const gap = row === '' ? 0 : 2;
    if (taken + gap + displayWidth(text) > width && row !== '') continue;
    row += `${' '.repeat(gap)}${pen.write(token, text)}`;
    taken += gap + displayWidth(text);
  }
  return row;
}
