/** The wall screen as rows: which run, what is wrong, on what evidence, the way back, and the time, as large as fits. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {nextStep, runningStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {NO_TROUBLE, type Trouble, troubles} from '../../run/wording/troubles.ts';
import {quantityText} from '../../text/figures.ts';
import {age, localClock, utcClock} from '../../text/times.ts';
import {cut, fitTo, spread} from '../../text/width.ts';
import {clockPiece, linkPieces, type Piece, phasePiece, readinessPiece, stepPiece} from '../bars/header-pieces.ts';
import {paintPiece} from '../bars/header-text.ts';
import {lostWords} from '../bars/wrapped-alerts.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import type {ErrorLine} from '../logs/newest-errors.ts';
import {trippedName, trippedValues} from '../rules/tripped-values.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintBadge, type Theme, type ThemeToken} from '../terminal/theme.ts';
import type {Lost} from '../view/view-state.ts';
import {plainFor} from '../widgets/themed-text.ts';
import {type Block, drawBlocks} from './wall-blocks.ts';

export type WallStyle = {
  columns: number;
  rows: number;
  glyphs: Glyphs;
  theme: Theme;
  now: number;
  /** How this program was called. */
  program: string;
  /** Null while the engine is there; why it cannot record, null while it can. */
  lost: Lost | null;
  trouble: string | null;
  /** The newest error lines of the logs, the newest last. */
  errors: readonly ErrorLine[];
  /** Who drives and who observes. */
  who: string;
};

const SIDE = 2;
/** The first and the last row. */
const BARS = 2;
/** The most rows of air above each block. */
const AIR_MAX = 2;

/** Exactly `rows` rows. */
export function wallRows(plan: Plan, state: RunState, style: WallStyle): string[] {
  const width = style.columns - 2 * SIDE;
  const blocks = [
    ...runBlocks(plan, state),
    ...wrongBlocks(plan, state, style).map(block => ({...block, isWrong: true as const})),
    wayBackBlock(plan, state, style),
    timeBlock(plan, state, style),
  ];
  const room = style.rows - BARS;
  // Where there is room for it, the cause is worth more than larger letters.
  const kept = style.errors.length > 0 && style.rows >= ROWS_WITH_ERRORS ? ERROR_ROWS_MIN : 0;
  const drawn = drawBlocks(blocks, {...style, width, rows: room - kept});
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
function wrongBlocks(plan: Plan, state: RunState, {lost, trouble, program}: WallStyle): Block[] {
  if (lost !== null) {
    const said = Object.values(lostWords({plan, program, state}, lost));
    return [{big: 'ENGINE LOST', token: 'bad', lines: said.map(text => ({text, token: 'text'}))}];
  }
  const all = troubles(plan, state);
  const [worst] = all;
  if (worst === undefined && trouble !== null)
    return [{big: 'NOT RECORDED', token: 'bad', lines: [{text: trouble, token: 'text'}]}];
  if (worst === undefined) {
    const {text, token} = phasePiece(plan, state);
    return [{big: text.trim(), token: inkOf(token), lines: [{text: NO_TROUBLE, token: 'text'}]}];
  }
  const others = all.slice(1).map(({text, tone}) => ({text: `and: ${text}`, token: tone}));
  const evidence = [{text: sinceText(worst, state), token: 'text' as const}];
  if (worst.kind === 'trigger') return triggerBlocks(plan, state, worst, [...evidence, ...others]);
  return [
    {big: ALARMS[worst.kind], token: worst.tone, lines: []},
    {big: worst.text, token: worst.tone, lines: [...evidence, ...others]},
  ];
}

/** `tripped at 14:02:31, 4m ago: 23.5 %, past >5, 3 times in a row` */
function sinceText({kind, at, evidence}: Trouble, {lastAt}: RunState): string {
  const since = `${HAPPENED[kind]} ${localClock(at)}, ${age(Math.max(0, lastAt - at))} ago`;
  return evidence === '' ? since : `${since}: ${evidence}`;
}

const HAPPENED: Readonly<Record<Trouble['kind'], string>> = {
  trigger: 'tripped at',
  step: 'failed at',
  link: 'lost at',
  rollback: 'ended at',
  readiness: 'found at',
  complaints: 'last one at',
};

/** `ALARM: ERROR RATE >5%`, `NOW 22.7 %`: which rule, and its value now; the evidence below says the value when it tripped. */
function triggerBlocks(plan: Plan, state: RunState, {text, tone}: Trouble, below: Block['lines']): Block[] {
  const [first] = state.tripped;
  const rule = plan.rules.find(({id}) => id === first?.ruleId);
  const statistic = rule?.statistic?.startsWith('p') === true ? `${rule.statistic.toUpperCase()} ` : '';
  const short = rule && `${statistic}${rule.metric} ${rule.op}${quantityText(rule.value, rule.unit)}`;
  const {name, verdict} = first === undefined ? {name: text, verdict: ''} : trippedName(plan, state, first.ruleId);
  const shorter = short === undefined ? [name] : [`ALARM: ${short}`, name, short];
  const old = verdict === '' ? [] : [{text: verdict, token: 'warn' as const}];
  const subject: Block = {big: `ALARM: ${name}`, shorter, token: tone, lines: old};
  const [now = ''] = first === undefined ? [] : trippedValues(plan, state, first).split(' · ');
  if (now === '') return [{...subject, lines: [...old, ...below]}];
  return [subject, {big: now, token: tone, lines: below}];
}

/** Which run it is: what is deployed; and where, whether it is a rehearsal, and whether it is held. */
function runBlocks(plan: Plan, state: RunState): Block[] {
  const {host, rehearsal} = state.run;
  const isHeld = state.phase === 'held';
  const states = [host, rehearsal === true ? 'REHEARSAL' : '', isHeld ? 'HELD: no new step starts' : ''].filter(
    Boolean,
  );
  const name: Block = {big: plan.subtitle ?? plan.title, token: 'title', lines: []};
  if (states.length === 0) return [name];
  const shorter = [states.map(firstWord).join(' · ')];
  return [
    name,
    {
      big: states.join(' · '),
      shorter,
      token: rehearsal === true || isHeld ? 'warn' : 'title',
      lines: [],
      isSmall: true,
    },
  ];
}

function firstWord(text: string): string {
  return text.split(':')[0] ?? text;
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
  const text = [...(state.phase === 'held' ? [] : [phase]), title, ...(step === undefined ? [] : [step])].join(': ');
  return {big: clock.text.toUpperCase(), token: 'accent', lines: [{text, token: 'text'}]};
}

/** The colour of large letters that says what a badge says by its ground. */
function inkOf(token: Piece['token']): ThemeToken {
  if (token === 'badge.good' || token === 'badge.warn' || token === 'badge.bad')
    return token === 'badge.good' ? 'good' : token === 'badge.warn' ? 'warn' : 'bad';
  return token === 'badge.muted' ? 'muted' : 'accent';
}

/** With so many rows, some are kept for error lines. */
const ROWS_WITH_ERRORS = 35;
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
  const paint = (piece: Piece) => paintPiece(piece, {glyphs, theme});
  const rehearsal: Piece[] = state.run.rehearsal === true ? [{text: ' REHEARSAL ', token: 'badge.rehearsal'}] : [];
  const right = [...linkPieces(plan, state, glyphs), ...rehearsal].map(paint).join('  ');
  return spread(paintBadge(theme, 'badge', ' T-MINUS '), right, columns, glyphs.ellipsis);
}

function footRow({columns, glyphs, theme, now, who}: WallStyle): string {
  const [local, utc] = [localClock(now), utcClock(now)];
  const clocks = utc.startsWith(local) ? utc : `${local} local ${glyphs.separator} ${utc}`;
  const left = `${' '.repeat(SIDE)}${theme.paint('key', 'q')} ${theme.paint('muted', `leaves  ${plainFor(who, glyphs)}`)}`;
  return spread(left, theme.paint('muted', clocks), columns, glyphs.ellipsis);
}
