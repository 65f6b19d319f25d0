/** The last row of a screen: a fresh message, or the keys that help. Pure. */
import {cut, displayWidth} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import type {StatusMessage, Tone} from '../view/view-state.ts';
import {plainFor} from './themed-text.ts';

export const TONES: Readonly<Record<Tone, ThemeToken>> = {plain: 'text', good: 'good', warn: 'warn', bad: 'bad'};

/** A message is shown this long before the keys come back. */
const MESSAGE_MS = 5000;

/** An old message is about what was, and is not shown any more. */
export function isFresh({at}: StatusMessage, now: number): boolean {
  return now - at < MESSAGE_MS;
}

/** The message in at most `width` columns; undefined when there is none, or when it is too old. */
export function messageText(
  status: StatusMessage | null,
  {width, now, glyphs, theme}: {width: number; now: number; glyphs: Glyphs; theme: Theme},
): string | undefined {
  if (status === null || !isFresh(status, now)) return undefined;
  return theme.paint(TONES[status.tone], cut(plainFor(status.text, glyphs), width, glyphs.ellipsis));
}

/** The first of these clocks that leaves a fresh message whole: a message often ends with the key to press. */
export function clockBeside(
  [usual = '', ...shorter]: readonly string[],
  status: StatusMessage | null,
  {columns, now, glyphs}: {columns: number; now: number; glyphs: Glyphs},
): string {
  if (status === null || !isFresh(status, now)) return usual;
  const width = displayWidth(plainFor(status.text, glyphs));
  return [usual, ...shorter].find(clock => width <= roomBesideClock(clock, columns)) ?? '';
}

/** A blank before the text, and at least two between it and the clock. */
export function roomBesideClock(clock: string, columns: number): number {
  return columns - displayWidth(clock) - 3;
}

/** `advised`: the one key that helps most now. */
export type Hint = readonly [key: string, does: string, advised?: true];

/** Only whole hints: those of `last`, and before them as many of `first`, in their order, as fit into `width` columns. */
export function hintText(first: readonly Hint[], last: readonly Hint[], width: number, theme: Theme): string {
  const chosen: Hint[] = [];
  for (const hint of first) if (widthOf([...chosen, hint, ...last]) <= width) chosen.push(hint);
  const shown = [...chosen, ...last];
  while (shown.length > 1 && widthOf(shown) > width) shown.pop();
  return shown
    .map(([key, does, advised]) =>
      advised === true
        ? advisedKey(`${key} ${does}`, theme)
        : `${theme.paint('key', key)} ${theme.paint('muted', does)}`,
    )
    .join('  ');
}

function widthOf(hints: readonly Hint[]): number {
  return hints.reduce((sum, [key, does, advised]) => sum + key.length + does.length + (advised === true ? 5 : 3), -2);
}

/**
 * `i look` as ` i LOOK ` on a ground of its own: one among quieter keys that looks like the one to press. Where the
 * theme has no ground for it that differs from that of an alarm, it has brackets.
 */
export function advisedKey(text: string, theme: Theme): string {
  const [key = '', ...does] = text.split(' ');
  const shown = ` ${[key, does.join(' ').toUpperCase()].join(' ').trim()} `;
  const isDistinct = theme.paint('badge', shown) !== theme.paint('badge.bad', shown);
  return theme.paint('badge', isDistinct ? shown : shown.replace(/^ (.*) $/, '[$1]'));
}
