/** Finds the bounds in a row of work, with what is done once they are crossed: "> 100 for 10 min: call the desk". */
import {plainText} from '../../document/inline.ts';
import {type Consequence, consequencesIn} from '../../phrases/consequences.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {ColumnKind, FoundRule, Setting} from '../found.ts';
import {rulesIn} from '../rules.ts';
import {boundedBy, boundText, saysBack} from './bound-rows.ts';
import type {Cell} from './row-places.ts';

type Alarm = {cell: Cell; bounds: readonly Consequence[]};

/** "> 100 for 10 min: call the desk" in a column of any name: a bound, and what is done once it is crossed. */
export function alarmsIn(cells: readonly Cell[]): Alarm[] {
  return cells.flatMap((cell, index) => {
    const text = plainText(cell.text);
    const isRead = cell.column.kinds.some(kind => READ.has(kind));
    const bounds = index === 0 || isRead || !BOUND_FIRST.test(text) ? [] : boundsIn(text);
    return bounds.length === 0 ? [] : [{cell, bounds}];
  });
}

/** A colon or an arrow behind a bound leads to what is done, in whatever words: "> 100 für 10 min: Leitstelle anrufen". */
function boundsIn(text: string): readonly Consequence[] {
  const known = consequencesIn(text);
  const [, when = '', then = ''] = known.length > 0 ? [] : (LEADS.exec(text) ?? []);
  if (then === '' || GOES_WELL.test(then)) return known;
  return [{when, then, back: saysBack(then), isFailing: false}];
}

const LEADS = /^([^:→⇒]{2,60}?)\s*(?:[:→⇒]|->|=>)\s+(\p{L}.*)$/u;
const GOES_WELL = phrase`^\W*${'goes-well'}\>`;

/** What those say is read as bounds already. */
const READ: ReadonlySet<ColumnKind> = new Set(['expected', 'target', 'alert', 'trigger', 'reason']);
const BOUND_FIRST = /^[<>≤≥]\s*=?\s*\d/;

/** `measured`: what the row is about, which the bound does not name. */
export function alarmRules(
  alarms: readonly Alarm[],
  measured: string,
  line: number,
  setting: Setting,
): readonly FoundRule[] {
  return alarms
    .flatMap(({bounds}) => bounds)
    .flatMap(({when, back}) =>
      rulesIn(boundedBy(back === true ? 'trigger' : 'alert', setting), boundText(measured, when), line),
    );
}
