/** Finds items of the deploy that say how to undo a step: "To undo: start it again", "Rollback: `helm rollback web`". */
import {memoize} from '../../text/memoize.ts';
import {roleOf} from '../outline/section-role.ts';
import {looksLikeCommand, quotesCommand} from '../shell/command-likeness.ts';
import {isOrder} from '../words/orders.ts';
import {phrase} from '../words/vocabulary.ts';

/** What stands behind the title of a way back: "start it again" of "To undo: start it again". Undefined for others. */
export const wayBackIn = memoize(findWayBack);

function findWayBack(raw: string): string | undefined {
  const [, purpose, title = '', rest] = TITLED.exec(raw) ?? [];
  // "Back: …", "Zurück: …"
  if (/^\S+$/.test(title) && roleOf(title) === 'rollback') return rest;
  if (!BACK.test(title)) return undefined;
  // "Cache zurücksetzen: …" resets something and takes nothing back.
  return purpose === undefined && BACK.test(title.replace(/^\S+\s*/, '')) ? undefined : rest;
}

const TITLED = phrase`^[^\p{L}]*(?:(${'in-order-to'})\s+)?((?:[\p{L}\p{N}'’-]+\s){0,3}?[\p{L}\p{N}'’-]+)\W{0,3}(?:[:：]|\s[–—-]\s|[–—])[\s*_]*(\S.*)$`;
const BACK = phrase`^(?:${'rollback'}|${'undo'})\>`;

/** Whether it also says what to do. "Rollback plan: reviewed" does not. */
export function tellsWayBack(raw: string): boolean {
  const told = wayBackIn(raw);
  return told !== undefined && (looksLikeCommand(told) || quotesCommand(told) || isOrder(told));
}
