/** The line above a chart: the value that its rule judges, the standing, and the change since before the deploy. Pure. */
import type {Sample, Standing} from '../../run/outcome.ts';
import {theilSen} from '../../run/rules/slope.ts';
import {errorRate, hasValue, mean, percentile} from '../../run/rules/statistics.ts';
import {unansweredForms, unansweredOf} from '../../run/rules/unanswered.ts';
import type {VerdictLine} from '../../run/wording/verdict-lines.ts';
import {plural} from '../../text/figures.ts';
import {age, localClock} from '../../text/times.ts';
import {displayWidth} from '../../text/width.ts';
import {standingLook} from '../rules/live-verdicts.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import type {ChartModel} from './chart-content.ts';
import {figure, quantity, shortSpan} from './chart-scale.ts';
import {type CutOff, silenceForms} from './signal-health.ts';

/** A smaller change is not shown. */
const CHANGE_SHOWN_MIN = 0.01;
/** Memory varies all the time, so only a larger change is shown. */
const MEMORY_CHANGE_SHOWN_MIN = 0.1;
/** The readings must cover this share of the rule's window before their slope is shown. */
const SLOPE_SPAN_SHARE_MIN = 0.8;

/** `P95`, `mean`: the statistic of the value; empty where it is the newest reading, or a share. */
function statisticName({kind, share, total, rule}: ChartModel): string {
  if (kind === 'memory' || share || total) return '';
  const statistic = rule?.statistic ?? (kind === 'latency' ? 'p95' : 'mean');
  if (statistic === 'last') return '';
  return /^p\d/.test(statistic) ? statistic.toUpperCase() : statistic;
}

export function baselineOf(model: ChartModel): number | undefined {
  const {total, baseline, windowMs, reference} = model;
  const value = measured(model, baseline);
  if (value === undefined) return reference;
  // A count grows with the length of time, so it is scaled to the window.
  const spanMs = (baseline.at(-1)?.at ?? 0) - (baseline[0]?.at ?? 0);
  return total && spanMs > windowMs ? (value * windowMs) / spanMs : value;
}

/** `✓ 745 ms  ▼ 62 % vs baseline  60 readings`. Parts without room get a shorter form, or are left out from the right. */
export function headline(model: ChartModel, now: number, width: number, writer: TextWriter): string {
  const {silence} = model;
  if (silence !== undefined) return silentHeadline(model, silenceForms(silence), width, writer);
  const inWindow = model.samples.filter(sample => sample.at >= Math.max(now - model.windowMs, model.since));
  const value = model.verdict?.assessment.value ?? measured(model, inWindow);
  const failed = inWindow.filter(sample => sample.error !== undefined).length;
  if (value === undefined) {
    const unanswered = unansweredOf(inWindow);
    const since = age(Math.max(0, now - (unanswered?.since ?? now)));
    if (unanswered !== undefined) return silentHeadline(model, unansweredForms(unanswered, since), width, writer);
    if (failed > 0) return writer.write('muted', `${writer.glyphs.unknown} no reading, ${failed} failed`);
    if (model.signal === undefined) return '';
    const words = waitingForms(model);
    return writer.write('muted', words.find(each => displayWidth(each) <= width) ?? words.at(-1) ?? '');
  }
  const parts: Part[] = [valuePart(model, value, writer)];
  if (model.since === 0) parts.push(baselinePart(model));
  if (model.kind === 'memory') parts.push(...slopeParts(model, inWindow));
  if (model.since > 0) {
    const spare = model.kind === 'memory';
    parts.push(...changeParts(model, value, writer).map(part => ({...part, spare})));
  }
  parts.push(...streakParts(model.slope ?? model.verdict));
  const {assessment} = model.verdict ?? {};
  const count = assessment?.value === undefined ? inWindow.length : assessment.n;
  // The share and the count that it is made of are of one moment: that of the verdict, where there is one.
  const inShare = assessment?.value === undefined ? failed : Math.round((count * assessment.value) / 100);
  if (inShare > 0 && model.share)
    parts.push({token: 'muted', texts: [`${inShare} of ${count} failed`, `${inShare} failed`]});
  else if (model.share && failed > 0) parts.push({token: 'muted', texts: [plural(count, 'reading')], spare: true});
  else if (failed > 0) parts.push({token: 'bad', texts: [`${failed} failed`]});
  if (model.since > 0 && !(failed > 0 && model.share))
    parts.push({token: 'muted', texts: [plural(count, 'reading')], spare: true});
  return fitting(parts, width, writer);
}

/** The words while there is no reading of the new version yet, the longest first. */
function waitingForms(model: ChartModel): readonly string[] {
  const last = lastKnown(model);
  if (last === '' || model.since === 0) return ['no reading yet'];
  const wanted = model.rule === undefined ? '' : `, ${model.rule.samples} wanted`;
  const was = `; was ${last}`;
  const none = `no new reading${wanted}`;
  return [`no reading of this version${wanted}${was}`, `${none}${was}`, none, 'no new reading'];
}

/** A part of the headline, the longest wording first. `spare`: no other part gets shorter to make room for it. */
type Part = {token: ThemeToken; texts: readonly string[]; spare?: boolean};

/** The last value that was known; of a share that of the window before the last measurement. */
function lastKnown({samples, share, unit, windowMs}: ChartModel): string {
  const last = share ? samples.at(-1) : samples.findLast(hasValue);
  if (last === undefined) return '';
  const value = share ? errorRate(samples.filter(({at}) => at >= last.at - windowMs)) : last.value;
  return value === undefined ? '' : quantity(value, unit);
}

/** The last known value may be old, so it is marked as old and is never green. */
function silentHeadline(model: ChartModel, words: readonly string[], width: number, writer: TextWriter): string {
  const {silence, isDown} = model;
  const value = lastKnown(model);
  if (silence?.cut !== undefined) {
    const forms = lostForms(silence.cut, value).map(form => `${writer.glyphs.unknown} ${form}`);
    return writer.write('muted', forms.find(form => displayWidth(form) <= width) ?? forms.at(-1) ?? '');
  }
  const known = value === '' ? [] : [{token: 'muted' as const, texts: [`was ${value}`]}];
  const [sign, token] = isDown ? [writer.glyphs.failed, 'bad' as const] : [writer.glyphs.unknown, 'muted' as const];
  return fitting([{token, texts: words.map(text => `${sign} ${text}`)}, ...known], width, writer);
}

/** `55.4 MB as of 14:02:31, link to vps lost`: the same words on each chart that is cut off, the longest first. */
function lostForms({because, short, readAt}: CutOff, value: string): readonly string[] {
  if (readAt === undefined || value === '') return [`no reading, ${because}`, `no reading, ${short}`];
  const clock = localClock(readAt);
  const last = `${value} as of ${clock}`;
  return [`${last}, ${because}`, `${last}, ${short}`, `${value} at ${clock}, ${short}`, `${value}, ${short}`];
}

function valuePart(model: ChartModel, value: number, {glyphs}: TextWriter): Part {
  const {standing, unit, total, windowMs} = model;
  const name = statisticName(model);
  const bare = quantity(value, unit);
  const shown = total ? `${bare} in ${shortSpan(windowMs)}` : name === '' ? bare : `${name} ${bare}`;
  if (standing === undefined) return {token: model.isDown ? 'bad' : 'title', texts: [shown, bare]};
  const {sign, token} = standingLook(standing, glyphs);
  const isOpen = standing === 'disarmed' || standing === 'warming';
  return {token: model.isDown ? 'bad' : isOpen ? 'title' : token, texts: [`${sign} ${shown}`, `${sign} ${bare}`]};
}

/** Before the deploy the readings are the baseline, so there is nothing to compare them with. */
function baselinePart({rule, slope, samples}: ChartModel): Part {
  const wanted = (rule ?? slope?.rule)?.samples ?? 0;
  const count = samples.length;
  return {
    token: 'muted',
    texts:
      count < wanted
        ? [`baseline: ${count} of ${wanted} readings`, `baseline ${count}/${wanted}`]
        : [`baseline: ${count} readings`, 'baseline'],
  };
}

function measured({kind, share, total, rule}: ChartModel, samples: readonly Sample[]): number | undefined {
  if (share) return errorRate(samples);
  const values = samples.filter(hasValue).map(sample => sample.value);
  if (total) return sum(values);
  if (kind === 'memory') return values.at(-1);
  const statistic = rule?.statistic ?? (kind === 'latency' ? 'p95' : 'mean');
  if (statistic === 'mean') return mean(values);
  if (statistic === 'max') return percentile(values, 100);
  if (statistic === 'last') return values.at(-1);
  const rank = /^p(\d+)$/.exec(statistic)?.[1];
  return rank === undefined ? mean(values) : percentile(values, Number(rank));
}

function sum(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0);
}

function changeParts(model: ChartModel, value: number, {glyphs}: TextWriter): Part[] {
  const baseline = baselineOf(model);
  if (baseline === undefined) return [];
  if (baseline === 0)
    return value === 0
      ? [{token: 'muted', texts: ['as baseline']}]
      : [{token: 'warn', texts: [`${glyphs.arrowUp} from 0 at baseline`, `${glyphs.arrowUp} from 0`]}];
  const change = (value - baseline) / Math.abs(baseline);
  if (model.kind === 'memory' && Math.abs(change) < MEMORY_CHANGE_SHOWN_MIN) return [];
  if (Math.abs(change) < CHANGE_SHOWN_MIN) return [{token: 'muted', texts: ['as baseline']}];
  const text = `${change < 0 ? glyphs.arrowDown : glyphs.arrowUp} ${figure(Math.round(Math.abs(change) * 100))} %`;
  return [{token: change < 0 ? 'good' : 'warn', texts: [`${text} vs baseline`, text]}];
}

/** `2 of 3`: how many evaluations in a row are past the bound, and how many it takes. */
function streakParts(verdict: VerdictLine | undefined): Part[] {
  const standing = verdict?.assessment.standing;
  if (standing?.kind !== 'breached' || standing.times === 0) return [];
  const {consecutive = 1} = verdict?.rule ?? {};
  return [{token: 'bad', texts: [`${standing.times} of ${consecutive} times`, `${standing.times} of ${consecutive}`]}];
}

/** A slope over few readings is noise, so it is shown only when the rule itself may be judged on it. */
function slopeParts({slope, windowMs}: ChartModel, samples: readonly Sample[]): Part[] {
  const assessment = slope?.assessment;
  if (assessment?.standing.kind === 'warming') {
    const {missing} = assessment.standing;
    return [
      {
        token: 'muted',
        texts: [`growth known after ${plural(missing, 'more reading')}`, 'growth not known yet', 'no growth yet'],
      },
    ];
  }
  const readings = samples.filter(hasValue);
  const spanMs = (readings.at(-1)?.at ?? 0) - (readings[0]?.at ?? 0);
  const isLong = spanMs >= (slope?.rule.windowMs ?? windowMs) * SLOPE_SPAN_SHARE_MIN;
  const measured = assessment?.value === undefined && isLong ? theilSen(readings) : undefined;
  const perHour = assessment?.value ?? measured?.perHour;
  if (perHour === undefined) return [{token: 'muted', texts: ['growth not known yet', 'no growth yet']}];
  const value = signed(perHour);
  const bound = slope === undefined ? '' : `, limit ${figure(slope.rule.value)}`;
  const {low, high} = measured ?? assessment ?? {};
  const band =
    low === undefined || high === undefined ? [] : [`${value} MB/h (${signed(low)} to ${signed(high)})${bound}`];
  return [
    {
      token: SLOPE_TOKENS[assessment?.standing.kind ?? 'blind'],
      texts: [...band, `${value} MB/h${bound}`, `${value} MB/h`],
    },
  ];
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${figure(Math.abs(Math.round(value)))}`;
}

const SLOPE_TOKENS: Readonly<Record<Standing['kind'], ThemeToken>> = {
  tripped: 'bad',
  breached: 'bad',
  grey: 'warn',
  ok: 'good',
  warming: 'muted',
  blind: 'muted',
  disarmed: 'muted',
};

/** The first part is always shown, and as many of the others as fit, with the longest wordings that leave room for all. */
function fitting(parts: readonly Part[], width: number, writer: TextWriter): string {
  let row = '';
  let taken = 0;
  for (const [index, {token, texts}] of parts.entries()) {
    const gap = row === '' ? 0 : 2;
    const wanted = parts.slice(index + 1).filter(({spare}) => spare !== true);
    const later = wanted.reduce((total, part) => total + 2 + displayWidth(part.texts.at(-1) ?? ''), 0);
    const fits = (text: string, rest: number) => taken + gap + displayWidth(text) + rest <= width;
    const text = texts.find(each => fits(each, later)) ?? texts.findLast(each => fits(each, 0));
    if (text === undefined && row !== '') continue;
    const shown = text ?? texts.at(-1) ?? '';
    row += `${' '.repeat(gap)}${writer.write(token, shown)}`;
    taken += gap + displayWidth(shown);
  }
  return row;
}
