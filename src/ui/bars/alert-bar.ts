/** One or two rows over the whole width: what nobody may miss, and the keys that help. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {wayBackCutAt} from '../../run/wording/lost-links.ts';
import {cut, displayWidth, spread} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {keyOf} from '../view/keymap.ts';
import {advisedKey} from '../widgets/last-row.ts';
import type {TextWriter} from '../widgets/themed-text.ts';

/** The text at the left, a line, and the useful keys at the right. */
export function bar(token: ThemeToken, text: string, keys: string, writer: TextWriter): string {
  const {theme, glyphs, width, plain} = writer;
  const right = keys === '' ? '' : ` ${glyphs.vertical} ${plain(keys)} `;
  const room = width - LEAD_COLUMNS - (right === '' ? 0 : displayWidth(right) + 1);
  const left = ` ${glyphs.alert} ${cutWhole(plain(text), room, writer)}`;
  return theme.paint(token, spread(left, right, width, glyphs.ellipsis));
}

/** A blank, the sign, a blank. */
export const LEAD_COLUMNS = 3;

/** Two blanks and a line before the keys, a blank on each side of them. */
const KEYS_COLUMNS = 5;

/** Columns for a text beside these keys. */
export function roomBeside(keys: string, {width, plain}: TextWriter): number {
  return width - LEAD_COLUMNS - (keys === '' ? 0 : KEYS_COLUMNS + displayWidth(plain(keys)));
}

/** The one key that is advised, and then the quieter ones, the best first: `i look`. */
export type AlarmKeys = {advised: string; others: readonly string[]};

/** The advised key and the others as one list, which a store compares text by text. */
export function keyTexts({advised, others}: AlarmKeys): readonly string[] {
  return [advised, ...others];
}

/**
 * An alarm: the first text that fits whole, the longest first; where none does, the last one is cut. On a wide screen
 * the keys stand beside it, else in a row of their own, so that neither the cause nor its figures make room for them.
 */
export function alarmRows(token: ThemeToken, texts: readonly string[], keys: AlarmKeys, writer: TextWriter): string[] {
  const {theme, width} = writer;
  const {advised, others} = keys;
  if (isNarrow(writer)) {
    const all = keysWithin(keys, width - LEAD_COLUMNS, writer);
    const below = theme.paint(token, ' '.repeat(LEAD_COLUMNS)) + all.text;
    const rest = theme.paint(token, ' '.repeat(Math.max(0, width - LEAD_COLUMNS - all.columns)));
    return [
      bar(token, fittingText(texts, roomBeside('', writer), writer) ?? texts.at(-1) ?? '', '', writer),
      below + rest,
    ];
  }
  // A shorter text costs less than the second key; each further key has to fit beside the longest text that then fits.
  const room = (count: number) =>
    width - LEAD_COLUMNS - KEYS_COLUMNS - keysWithin({advised, others: others.slice(0, count)}, width, writer).columns;
  const text =
    fittingText(texts, room(Math.min(1, others.length)), writer) ??
    cutWhole(writer.plain(texts.at(-1) ?? ''), room(Math.min(1, others.length)), writer);
  const count = others.findLastIndex((_, index) => displayWidth(writer.plain(text)) <= room(index + 1)) + 1;
  const beside = keysWithin(
    {advised, others: others.slice(0, Math.max(count, Math.min(1, others.length)))},
    width,
    writer,
  );
  const left = ` ${writer.glyphs.alert} ${writer.plain(text)}`;
  const gap = ' '.repeat(Math.max(1, width - displayWidth(left) - beside.columns - AFTER_GAP));
  return [theme.paint(token, `${left}${gap}${writer.glyphs.vertical} `) + beside.text + theme.paint(token, ' ')];
}

/** A line and a blank before the keys, and a blank behind them. */
const AFTER_GAP = 3;

/** The rows that an alarm takes. */
export function alarmHeight(writer: TextWriter): number {
  return isNarrow(writer) ? 2 : 1;
}

function isNarrow({width}: TextWriter): boolean {
  return width < WIDE_MIN;
}

/** Whole keys only: the advised one, and as many others as fit. */
function keysWithin({advised, others}: AlarmKeys, room: number, writer: TextWriter): {text: string; columns: number} {
  const {theme, glyphs, plain} = writer;
  const best = advised === '' ? '' : advisedKey(plain(advised), theme);
  let columns = displayWidth(best);
  let quiet = '';
  for (const key of others) {
    const next = `${quiet === '' ? '  ' : ` ${glyphs.separator} `}${plain(key)}`;
    if (columns + displayWidth(next) > room) break;
    quiet += next;
    columns += displayWidth(next);
  }
  return {text: best + theme.paint('badge.bad', quiet), columns};
}

function fittingText(texts: readonly string[], room: number, {plain}: TextWriter): string | undefined {
  return texts.find(text => displayWidth(plain(text)) <= room);
}

/** Cut without a bracket that stays open: `P95 response time…`, not `P95 response time (store_m…`. */
export function cutWhole(text: string, room: number, {glyphs}: TextWriter): string {
  const shown = cut(text, room, glyphs.ellipsis);
  const open = shown.lastIndexOf('(');
  if (shown === text || open < 1 || open < shown.lastIndexOf(')')) return shown;
  return cut(text, displayWidth(shown.slice(0, open).trimEnd()) + glyphs.ellipsis.length, glyphs.ellipsis);
}

export type RowProps = {session: Session; writer: TextWriter};

/** Looking changes nothing. */
export function lookKey(): string {
  return `${keyOf('incident')} look`;
}

/** While a rollback counts down nothing else is decided. */
export function countdownKeys({rollback}: RunState): AlarmKeys | undefined {
  return rollback.status === 'counting' ? {advised: 'R now', others: ['Esc cancel']} : undefined;
}

/** `R roll back`, or what R does without the link to the host of the rollback: it tries although nothing is proved. */
export function backKey(plan: Plan, state: RunState): string {
  const {rollback} = state;
  if (plan.rollback === null || rollback.status === 'stopping' || rollback.status === 'running') return '';
  if (rollback.status === 'finished') return rollback.result === 'rolled-back' ? '' : 'R tries again';
  return wayBackCutAt(plan, state) === undefined ? 'R roll back' : 'R rolls back unproved';
}

/** With fewer columns the keys have a row of their own. */
const WIDE_MIN = 100;
