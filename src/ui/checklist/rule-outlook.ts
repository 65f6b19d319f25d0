/** For a step that rules tick: how these rules stand, for the right end of its row. Pure. */
import type {Plan, Step} from '../../plan/plan.ts';
import type {Sample, Standing} from '../../run/outcome.ts';
import {readingsOf} from '../../run/rules/signal-readings.ts';
import {unansweredOf} from '../../run/rules/unanswered.ts';
import type {RunState} from '../../run/state.ts';
import {boundWords, measuredText, pastWords, STANDING_WORDS} from '../../run/wording/standing-words.ts';
import type {VerdictLine} from '../../run/wording/verdict-lines.ts';
import {boundFigure} from '../../text/figures.ts';
import {baseSpanMs} from '../charts/chart-span.ts';
import {sparkline} from '../charts/sparkline.ts';
import {asOf, isDown, isUnseen, liveVerdict, unwatched} from '../rules/live-verdicts.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';

type Kind = Standing['kind'];

/** Standings, the worst first: a step with several rules shows the worst. */
const STANDING_TOKENS: Readonly<Record<Kind, ThemeToken>> = {
  tripped: 'status.failed',
  breached: 'status.failed',
  grey: 'warn',
  blind: 'muted',
  disarmed: 'muted',
  warming: 'muted',
  ok: 'good',
};

const SPARK_WIDTH = 8;

/** `isPast`: the item is not so now, as `No memory leaks` while memory grows. `richer`: longer forms of the text, the longest first. */
type Outlook = {text: string; token: ThemeToken; richer: readonly string[]; isPast?: true};

/**
 * `ok`, and where there is room `612 ms <850 ok`, and with its trend `▂▂▃▂▁▂▃▂ 612 ms <850 ok`. `lostAt`: since when no
 * engine measures.
 */
export function ruleOutlook(
  plan: Plan,
  state: RunState,
  {action}: Step,
  glyphs: Glyphs,
  lostAt?: number,
): Outlook | undefined {
  if (action.kind !== 'rule') return undefined;
  const live = action.rules.flatMap(id => liveVerdict(plan, state, id) ?? []);
  const kinds = Object.keys(STANDING_TOKENS) as Kind[];
  const [worst] = unwatched(live, lostAt).toSorted((a, b) => kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b)));
  if (worst === undefined) return undefined;
  const kind = kindOf(worst);
  const unseen = (kind === 'ok' || kind === 'warming') && isUnseen(worst);
  const old = asOf(worst);
  if (unseen && old !== '')
    return {
      text: old,
      richer: [valueText(worst), ''].flatMap(value => (value === '' ? [] : `${value} ${old}`)),
      token: 'muted',
    };
  const isSilent = kind === 'warming' && isUnanswered(state, worst);
  const word = isSilent ? 'no answer' : unseen ? 'no reading' : kind === 'blind' ? 'no probe' : STANDING_WORDS[kind];
  const value = unseen ? '' : valueText(worst);
  const full = kind === 'breached' || kind === 'tripped' ? pastWords(worst.rule, kind) : `${boundOf(worst)} ${word}`;
  const known = value === '' ? [] : [`${value} ${full}`, `${value} ${word}`];
  const course = courseOf(state, worst, glyphs);
  const richer = course === '' ? known : [`${course} ${known[0] ?? word}`, ...known];
  const token = unseen ? 'muted' : isDown(worst) ? 'bad' : STANDING_TOKENS[kind];
  const isPast = kind === 'breached' || kind === 'tripped';
  return {text: word, richer, token, ...(isPast ? {isPast} : {})};
}

/** No measurement of this version has succeeded. */
function isUnanswered(state: RunState, {rule, assessment}: VerdictLine): boolean {
  const samples = rule.signal === undefined ? undefined : readingsOf(state, rule.signal)?.samples;
  const unanswered = unansweredOf(samples ?? []);
  return unanswered !== undefined && (assessment.n === 0 || assessment.n <= unanswered.failed);
}

function valueText({assessment: {value}, rule, measuredIn}: VerdictLine): string {
  return value === undefined ? '' : measuredText(rule, value, measuredIn);
}

function boundOf({rule}: VerdictLine): string {
  return boundWords(rule, `${rule.op}${boundFigure(rule.value)}`);
}

function kindOf({assessment}: VerdictLine): Kind {
  return assessment.standing.kind;
}

const drawn = new WeakMap<readonly Sample[], {at: number; text: string; ascii: boolean}>();

/** A sparkline is kept until its readings change, which is less often than the row is drawn. */
function courseOf(state: RunState, {rule}: VerdictLine, glyphs: Glyphs): string {
  const spanMs = baseSpanMs([rule.windowMs]);
  const samples = rule.signal === undefined ? undefined : readingsOf(state, rule.signal)?.samples;
  if (samples === undefined || samples.length === 0) return '';
  const {lastAt: now} = state;
  const at = Math.floor(now / (spanMs / SPARK_WIDTH));
  const known = drawn.get(samples);
  if (known?.at === at && known.ascii === glyphs.ascii) return known.text;
  const spark = {fromMs: now - spanMs, now, width: SPARK_WIDTH};
  const text = sparkline(samples, spark, glyphs);
  drawn.set(samples, {at, text, ascii: glyphs.ascii});
  return text;
}
