/** The samples of a chart, the newest first, each with the rules it breaks. Pure. */
import type {Plan, Rule} from '../../plan/plan.ts';
import type {Sample} from '../../run/outcome.ts';
import {armingOf, rulesOf} from '../../run/rules/assessing.ts';
import {isBad} from '../../run/rules/measure.ts';
import {readingIn, readingsOf} from '../../run/rules/signal-readings.ts';
import type {RunState} from '../../run/state.ts';
import {localClock, missionTime} from '../../text/times.ts';
import {fitTo} from '../../text/width.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {chartModel, ROLES} from './chart-content.ts';
import {figure, quantity} from './chart-scale.ts';

/** Only samples that are still kept one by one. */
export function sampleList(state: RunState, signal: string): readonly Sample[] {
  const known = readingsOf(state, signal);
  if (known === undefined) return [];
  const oldest = known.samples[0]?.at ?? Number.POSITIVE_INFINITY;
  return [...known.baseline.filter(({at}) => at < oldest), ...known.samples].toReversed();
}

/** The rules that the sample breaks: `rollback >1500 line 330`; before the deploy, that it is part of the baseline. */
function countedFor(plan: Plan, state: RunState, sample: Sample): {text: string; token: ThemeToken} {
  const {deployStartedAt} = state;
  if (deployStartedAt === undefined || sample.at < deployStartedAt) return {text: 'baseline', token: 'muted'};
  const rules = rulesOf(plan, state).filter(rule => speaksAgainst(rule, sample));
  const armed = rules.filter(rule => sample.at >= (armingOf(state, rule).armedFrom ?? Number.POSITIVE_INFINITY));
  const [first, ...more] = armed.sort((a, b) => rank(a) - rank(b));
  if (first === undefined) return {text: '', token: 'muted'};
  const others = more.length === 0 ? '' : ` +${more.length}`;
  const text = `${ROLES[rank(first)]?.label} ${first.op}${figure(first.value)} line ${first.line}${others}`;
  return {text, token: first.role === 'trigger' || first.role === 'alert' ? 'bad' : 'warn'};
}

function speaksAgainst(rule: Rule, sample: Sample): boolean {
  const reading = rule.signal === undefined ? undefined : readingIn(sample, rule.signal);
  if (reading === undefined) return false;
  if (rule.statistic === 'error-rate') return reading.error !== undefined;
  if (rule.statistic === 'slope' || reading.value === undefined) return false;
  return isBad(rule, reading.value);
}

function rank({role}: Rule): number {
  return ROLES.findIndex(each => each.role === role);
}

const VALUE_WIDTH = 9;
const COUNTED_WIDTH = 26;
/** A narrower row leaves out the parts of a sample and keeps the rules. */
const PARTS_FROM_WIDTH = 100;

/** `14:02:31  T+00:12:31   812 ms  connect 3 · first-byte 780   rollback >1500 line 330`, exactly `writer.width` columns. */
export function sampleRow(plan: Plan, state: RunState, sample: Sample, writer: TextWriter): string {
  const {glyphs, width} = writer;
  const {deployStartedAt} = state;
  const {unit} = chartModel(plan, state, {kind: 'level', signal: sample.signal});
  const mission = deployStartedAt === undefined ? '' : missionTime(sample.at - deployStartedAt);
  const value = sample.value === undefined ? 'failed' : quantity(sample.value, unit);
  const head = [
    writer.write('log.time', localClock(sample.at)),
    writer.write('muted', fitTo(mission, 11, '')),
    writer.write(sample.error === undefined ? 'text' : 'bad', value.padStart(VALUE_WIDTH)),
  ].join('  ');
  const counted = countedFor(plan, state, sample);
  const wide = width >= PARTS_FROM_WIDTH;
  const room = Math.max(0, width - 8 - 11 - VALUE_WIDTH - 6 - (wide ? COUNTED_WIDTH + 2 : 0));
  const said = sample.error ?? (wide ? partsText(sample, glyphs.separator) : counted.text);
  const token = sample.error === undefined ? (wide ? 'muted' : counted.token) : 'log.error';
  const detail = writer.write(token, fitTo(writer.plain(said), room, glyphs.ellipsis));
  const right = wide
    ? `  ${writer.write(counted.token, fitTo(writer.plain(counted.text), COUNTED_WIDTH, glyphs.ellipsis))}`
    : '';
  return `${head}  ${detail}${right}`;
}

function partsText({parts = {}}: Sample, separator: string): string {
  return Object.entries(parts)
    .map(([name, ms]) => `${name} ${figure(ms)}`)
    .join(` ${separator} `);
}
