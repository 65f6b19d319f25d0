/** One row over the whole width: what nobody may miss, and the keys that help. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {wayBackCutAt} from '../../run/wording/lost-links.ts';
import {cut, displayWidth, spread} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {keyOf} from '../view/keymap.ts';
import type {Pen} from '../widgets/pen.ts';

/** The text at the left, a line, and the useful keys at the right. */
export function bar(token: ThemeToken, text: string, keys: string, pen: Pen): string {
  const {theme, glyphs, width, plain} = pen;
  const right = keys === '' ? '' : ` ${glyphs.vertical} ${plain(keys)} `;
  const room = width - LEAD_COLUMNS - (right === '' ? 0 : displayWidth(right) + 1);
  const left = ` ${glyphs.alert} ${cutWhole(plain(text), room, pen)}`;
  return theme.paint(token, spread(left, right, width, glyphs.ellipsis));
}

/** A blank, the sign, a blank. */
export const LEAD_COLUMNS = 3;

/** Two blanks and a line before the keys, a blank on each side of them. */
const KEYS_COLUMNS = 5;

/** Columns for a text beside these keys. */
export function roomBeside(keys: string, {width, plain}: Pen): number {
  return width - LEAD_COLUMNS - (keys === '' ? 0 : KEYS_COLUMNS + displayWidth(plain(keys)));
}

/**
 * The first text that fits whole, with the first keys that leave it the room: the best come first in both. `spare`:
 * keys for where no text fits beside one of the others. Keys are never cut. Where nothing fits, the first text stands
 * cut beside the first keys that leave half of the row to it.
 */
export function fittingBar(
  token: ThemeToken,
  texts: readonly string[],
  keys: readonly string[],
  pen: Pen,
  spare: string = '',
): string {
  const fitting = (some: readonly string[]) =>
    texts
      .flatMap(text => some.map(key => [text, key] as const))
      .find(([text, key]) => displayWidth(pen.plain(text)) <= roomBeside(key, pen));
  const least = [...keys, spare].find(key => displayWidth(key) < pen.width / 2) ?? '';
  const [text, key] = fitting(keys) ?? fitting([spare]) ?? [texts[0] ?? '', least];
  return bar(token, text, key, pen);
}

/** Cut without a bracket that stays open: `P95 response time…`, not `P95 response time (store_m…`. */
export function cutWhole(text: string, room: number, {glyphs}: Pen): string {
  const shown = cut(text, room, glyphs.ellipsis);
  const open = shown.lastIndexOf('(');
  if (shown === text || open < 1 || open < shown.lastIndexOf(')')) return shown;
  return cut(text, displayWidth(shown.slice(0, open).trimEnd()) + glyphs.ellipsis.length, glyphs.ellipsis);
}

export type RowProps = {session: Session; pen: Pen};

/** Looking changes nothing, so its key comes first. */
export function lookKey(): string {
  return `${keyOf('incident')} look`;
}

/** The key of the way back with its verb; without the link to its host nothing of the rollback is proved, and R tries it all the same. */
export function backKey(plan: Plan, state: RunState): string {
  if (plan.rollback === null) return '';
  return wayBackCutAt(plan, state) === undefined ? 'R roll back' : 'R rolls back unproved';
}

export function keyRow(...keys: readonly string[]): string {
  return keys.filter(key => key !== '').join(' · ');
}

/** With fewer columns the cause needs those of the step's title. */
export const WIDE_MIN = 100;

/** A name cut shorter than this says nothing. */
export const NAME_ROOM_MIN = 20;
