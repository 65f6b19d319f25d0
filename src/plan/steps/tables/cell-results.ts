/** Reads what the cell of a row expects of its work, and what else it says. */
import {withoutMarks} from '../../phrases/expectation-phrases.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import type {Expectation} from '../../plan.ts';

export function expectationsIn(text: string, line: number): Expectation[] {
  // Every command must exit with 0, so this expects nothing more; a box or a line is for the answer.
  if (/^(?:[-–—]?|\[[ x]?\]|_+|[☐☑☒]|(?:exit|return) (?:code |status )?`?0`?)$/i.test(text)) return [];
  const stated = readExpectations(text, line);
  return stated.length > 0 ? stated : readExpectations(`Expected: ${text}`, line);
}

/** "Under 40 s. Positions go red and reconnect.": what none of the expectations holds. */
export function unreadIn(text: string, expectations: readonly Expectation[]): string {
  const cell = withoutMarks(text);
  const held = expectations.map(one => one.text.replace(STATED, '')).filter(one => one !== '' && cell.includes(one));
  const rest = held.reduce((left, one) => left.replace(one, ' '), cell).trim();
  return held.length > 0 && /\p{L}{2}\P{L}+\p{L}{2}/u.test(rest) ? rest : '';
}

/** How a cell is read as an expectation. */
const STATED = /^Expected: /;
