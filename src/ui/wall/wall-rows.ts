/** The wall screen as rows: what is wrong, on what evidence, the way back, and the time, as large as fits. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {nextStep, runningStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {NO_TROUBLE, type Trouble, troubles} from '../../run/wording/troubles.ts';
import {quantityText} from '../../text/figures.ts';
import {localClock, utcClock} from '../../text/times.ts';
import {cut, displayWidth, fitTo, spread, wrap} from '../../text/width.ts';
import {clockPiece, linkPieces, type Piece, phasePiece, readinessPiece, stepPiece} from '../bars/header-pieces.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import type {ErrorLine} from '../logs/newest-errors.ts';
import {thenAndNow, trippedName} from '../rules/then-and-now.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {plainFor} from '../widgets/pen.ts';
import {halvesOf, stackedSizes} from './big-letters.ts';

export type WallStyle = {
  columns: number;
  rows: number;
  glyphs: Glyphs;
  theme: Theme;
  now: number;
  /** Why the engine is gone, and why it cannot record; null while it is there, and can. */
  lost: string | null;
  trouble: string | null;
  /** The newest error lines of the logs, the newest last. */
  errors: readonly ErrorLine[];
  /** Who drives and who observes. */
  who: string;
};

/**
 * A few words in large letters, and below them what there is to say in ordinary ones. `shorter`: other words, for where
 * the first are too wide to be large. `spare`: it grows last, and is left out where it cannot be large.
 */
type Block = {
  big: string;
  shorter?: readonly string[];
  token: ThemeToken;
  lines: readonly {text: string; token: ThemeToken}[];
  spare?: true;
  /** What is wrong, or the state of the run. */
  isWrong?: true;
};

const SIDE = 2;
/** The first and the last row. */
const BARS = 2;
const EVIDENCE_ROWS_MAX = 3;
/** The most rows of air above each block. */
const AIR_MAX = 2;

/** Exactly `rows` rows. */
export function wallRows(plan: Plan, state: RunState, style: WallStyle): string[] {
  const width = style.columns - 2 * SIDE;
  const blocks = [
    ...wrongBlocks(plan, state, style).map(block => ({...block, isWrong: true as const})),
    wayBackBlock(plan, state, style),
    timeBlock(plan, state, style),
    runBlock(plan, state),
  ];
  const room = style.rows - BARS;
  const drawn = drawBlocks(blocks, width, style);
  const height = drawn.reduce((sum, rows) => sum + rows.length + 1, -1);
  const errors = errorRows(style, width, room - height);
  const air = Math.min(AIR_MAX, Math.floor((room - height - errors.length) / (drawn.length + 1)));
  const body = drawn.flatMap((rows, index) => [...blanks(air + (index === 0 ? 0 : 1)), ...rows]);
  const filled = [...body, ...blanks(errors.length > 0 ? air : 0), ...errors].slice(0, room);
  const rows = [...filled, ...blanks(room - filled.length)].map(row => `${' '.repeat(SIDE)}${row}`);
  return [headRow(plan, state, style), ...rows, footRow(style)].map(row =>
    fitTo(row, style.columns, style.glyphs.ellipsis),
  );
}

function blanks(count: number): string[] {
  return Array.from({length: Math.max(0, count)}, () => '');
}

/** The state of the run in a word, and where there is trouble what it is, of a measured one with its value now. */
function wrongBlocks(plan: Plan, state: RunState, {lost, trouble}: WallStyle): Block[] {
  if (lost !== null) return [{big: 'ENGINE LOST', token: 'bad', lines: [{text: lost, token: 'text'}]}];
  const all = troubles(plan, state);
  const [worst] = all;
  if (worst === undefined && trouble !== null)
    return [{big: 'NOT RECORDED', token: 'bad', lines: [{text: trouble, token: 'text'}]}];
  if (worst === undefined) {
    const {text, token} = phasePiece(plan, state);
    return [{big: text.trim(), token: inkOf(token), lines: [{text: `Wrong: ${NO_TROUBLE}`, token: 'text'}]}];
  }
  const others = all.slice(1).map(({text, tone}) => ({text: `and: ${text}`, token: tone}));
  const evidence = worst.evidence === '' ? [] : [{text: worst.evidence, token: 'text' as const}];
  if (worst.kind === 'trigger') return triggerBlocks(plan, state, worst, [...evidence, ...others]);
  return [
    {big: ALARMS[worst.kind], token: worst.tone, lines: []},
    {big: worst.text, token: worst.tone, lines: [...evidence, ...others]},
  ];
}

/** `ALARM: ERROR RATE >5%`, `NOW 22.7 %`: which rule, and its value now; below it the value when it tripped. */
function triggerBlocks(plan: Plan, state: RunState, {text, tone}: Trouble, below: Block['lines']): Block[] {
  const [first] = state.tripped;
  const rule = plan.rules.find(({id}) => id === first?.ruleId);
  const statistic = rule?.statistic?.startsWith('p') === true ? `${rule.statistic.toUpperCase()} ` : '';
  const short = rule && `${statistic}${rule.metric} ${rule.op}${quantityText(rule.value, rule.unit)}`;
  const {name, verdict} = first === undefined ? {name: text, verdict: ''} : trippedName(plan, state, first.ruleId);
  const shorter = short === undefined ? [name] : [`ALARM: ${short}`, name, short];
  const old = verdict === '' ? [] : [{text: verdict, token: 'warn' as const}];
  const subject: Block = {big: `ALARM: ${name}`, shorter, token: tone, lines: old};
  const values = first === undefined ? '' : thenAndNow(plan, state, first);
  const [now = '', ...then] = values.split(' · ');
  if (now === '') return [{...subject, lines: below}];
  return [subject, {big: now, token: tone, lines: [...then.map(words => ({text: words, token: tone})), ...below]}];
}

/** Which run it is: what is deployed, and where. */
function runBlock(plan: Plan, state: RunState): Block {
  const name = plan.subtitle ?? plan.title;
  const whole = [name, state.run.host].filter(Boolean).join(' · ');
  return {big: whole, shorter: [name], token: 'muted', lines: [], spare: true};
}

const ALARMS: Readonly<Record<Exclude<Trouble['kind'], 'trigger'>, string>> = {
  rollback: 'ROLLBACK FAILED',
  step: 'STEP FAILED',
  link: 'LINK LOST',
  readiness: 'NO WAY BACK YET',
  complaints: 'COMPLAINTS',
};

/** Readiness as the header says it; what it lacks is a line of its own. */
function wayBackBlock(plan: Plan, state: RunState, {glyphs, now, lost}: WallStyle): Block {
  const {text, token} = readinessPiece(plan, state, {room: Infinity, glyphs, now, lost: lost !== null});
  const [, big = '', rest = ''] = /^ ?([^:·|]*?) ?(?:[:·|] ?(.*))?$/.exec(text.trimEnd()) ?? [];
  const isAge = /^\d/.test(rest);
  const line = rest === '' ? [] : [{text: isAge ? `proved ${rest} ago` : rest, token: 'text' as const}];
  return {big, token: inkOf(token), lines: line};
}

function timeBlock(plan: Plan, state: RunState, {now}: WallStyle): Block {
  const clock = clockPiece(state, now);
  const step = stepPiece(plan, state, now)?.text;
  const running = runningStep(plan, state) ?? nextStep(plan, state);
  const title = running === undefined ? 'every step is done' : shownTitle(running.title);
  const phase = phasePiece(plan, state).text.trim();
  const text = [phase, title, ...(step === undefined ? [] : [step])].join(': ');
  return {big: clock.text.toUpperCase(), token: 'accent', lines: [{text, token: 'text'}]};
}

/** The colour of large letters that says what a badge says by its ground. */
function inkOf(token: Piece['token']): ThemeToken {
  if (token === 'badge.good' || token === 'badge.warn' || token === 'badge.bad')
    return token === 'badge.good' ? 'good' : token === 'badge.warn' ? 'warn' : 'bad';
  return token === 'badge.muted' ? 'muted' : 'accent';
}

/** Large letters grow in turns, the most important first, for as long as all of it fits. */
function drawBlocks(blocks: readonly Block[], width: number, style: WallStyle): string[][] {
  const {rows, glyphs, theme} = style;
  const plain = (text: string) => plainFor(text, glyphs);
  const said = blocks.map(({lines}) =>
    lines.flatMap(({text, token}) =>
      wrap(plain(text), width)
        .slice(0, EVIDENCE_ROWS_MAX)
        .map(row => theme.paint(token, row)),
    ),
  );
  const forms = blocks.map(block =>
    formsOf(block, {width, height: Math.floor((rows - BARS) / 3)}, plain, glyphs.ascii),
  );
  const levels = blocks.map(() => 0);
  const heightOf = (index: number, level: number) =>
    level === 0 && blocks[index]?.spare === true ? -1 : (forms[index]?.[level]?.length ?? 0);
  const order = [...levels.keys()].sort(
    (a, b) => Number(blocks[a]?.spare === true) - Number(blocks[b]?.spare === true),
  );
  const total = () =>
    levels.reduce((sum, level, index) => sum + heightOf(index, level) + (said[index]?.length ?? 0) + 1, -1);
  for (let grown = true; grown; ) {
    grown = false;
    for (const index of order) {
      const level = levels[index] ?? 0;
      const next = forms[index]?.[level + 1];
      // Nothing is larger than what is wrong.
      const most = Math.max(...levels.filter((_, other) => blocks[other]?.isWrong === true));
      if (blocks[index]?.isWrong !== true && level + 1 > most) continue;
      if (next === undefined || Math.max(...next.map(displayWidth)) > width) continue;
      if (total() + next.length - heightOf(index, level) > rows - BARS) continue;
      levels[index] = level + 1;
      grown = true;
    }
  }
  return blocks.flatMap(({token, spare}, index) => {
    const level = levels[index] ?? 0;
    if (level === 0 && spare === true) return [];
    const big = (forms[index]?.[level] ?? []).map(row => theme.paint(token, cut(row, width, glyphs.ellipsis)));
    return [[...big, ...(said[index] ?? [])]];
  });
}

/** The words in each size, the smallest first: the first words that can be large, in two rows where none fit in one. */
function formsOf(
  {big, shorter = []}: Block,
  {width, height}: {width: number; height: number},
  plain: (text: string) => string,
  ascii: boolean,
): readonly (readonly string[])[] {
  const small = [plain(big)];
  const inTwo = shorter.flatMap(text => halvesOf(plain(text)));
  const shapes = [...[big, ...shorter].map(text => [plain(text)]), ...inTwo].map(rows => stackedSizes(rows, ascii));
  const fits = (rows: readonly string[]) => rows.length <= height && Math.max(...rows.map(displayWidth)) <= width;
  const fitting = shapes.find(([least]) => least !== undefined && fits(least));
  return [small, ...(fitting ?? [])];
}

/** With fewer free rows than this, error lines are left out. */
const ERROR_ROWS_MIN = 3;

function errorRows({errors, theme, glyphs}: WallStyle, width: number, room: number): string[] {
  if (room < ERROR_ROWS_MIN || errors.length === 0) return [];
  const rows = errors.slice(-(room - 2)).map(({source, text}) => plainFor(`${source}: ${text}`, glyphs));
  return [
    '',
    theme.paint('title', 'Newest error lines'),
    ...rows.map(row => theme.paint('log.error', cut(row, width, glyphs.ellipsis))),
  ];
}

function headRow(plan: Plan, state: RunState, {columns, glyphs, theme}: WallStyle): string {
  const paint = ({text, token}: Piece) => theme.paint(token, plainFor(text, glyphs));
  const rehearsal: Piece[] = state.run.rehearsal === true ? [{text: ' REHEARSAL ', token: 'badge'}] : [];
  const right = [...linkPieces(plan, state, glyphs), ...rehearsal].map(paint).join('  ');
  const title = plainFor([plan.subtitle ?? plan.title, state.run.host].filter(Boolean).join(' · '), glyphs);
  const left = `${theme.paint('badge', ' T-MINUS ')} ${theme.paint('title', cut(title, Math.max(1, columns - 12 - displayWidth(right)), glyphs.ellipsis))}`;
  return spread(left, right, columns, glyphs.ellipsis);
}

function footRow({columns, glyphs, theme, now, who}: WallStyle): string {
  const [local, utc] = [localClock(now), utcClock(now)];
  const clocks = utc.startsWith(local) ? utc : `${local} local ${glyphs.separator} ${utc}`;
  const left = `${' '.repeat(SIDE)}${theme.paint('key', 'q')} ${theme.paint('muted', `leaves  ${plainFor(who, glyphs)}`)}`;
  return spread(left, theme.paint('muted', clocks), columns, glyphs.ellipsis);
}
