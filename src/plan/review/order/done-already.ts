/** Doubts about commands which the document marks as done: a ticked cell in a column "Done", "done 28 Nov", "bereits erledigt". */
import {isRun} from '../../action-traits.ts';
import {withoutCode} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import type {Plan, Step} from '../../plan.ts';
import {rowAt} from '../../steps/tables/row-at.ts';
import {phrase, piece} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

// A box that is ticked without a date may be an example of how to tick it. One with a date was ticked when it was done.

/** One for each line: its commands would run once more. */
export function doneAlreadyDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  const own = steps.filter(step => {
    return isDone(byId.get(step.section)?.use) && isRun(step);
  });
  return [...Map.groupBy(own, ({line}) => line)].flatMap(([line, alike]) => {
    const words = doneCell(line, source) ?? doneText(alike[0] as Step, source);
    if (words === undefined) return [];
    return {
      code: 'role-assumed' as const,
      line,
      steps: alike.map(({id}) => id),
      message: `line ${line} is marked as done ("${words}"), and its commands would run once more`,
      because: words,
      settle: 'leave it out, or confirm that they run in this deployment as well',
    };
  });
}

/** The cell in a column "Done" of the row. */
function doneCell(line: number, source: readonly string[]): string | undefined {
  const {heads = [], cells = []} = rowAt(line, source) ?? {};
  const at = heads.findIndex(({kinds}, index) => kinds.includes('status') && DONE_CELL.test(cells[index] ?? ''));
  return at === -1 ? undefined : cells[at];
}

function doneText({line, condition}: Step, source: readonly string[]): string | undefined {
  const text = withoutCode(source[line - 1] ?? '');
  const raw = (source[line - 1] ?? '').replaceAll(/`[^`]*`/g, ' ');
  if (/^\s*\|/.test(raw) || condition !== undefined) return undefined;
  const found = TICKED_ON.exec(raw) ?? DONE_ON.exec(text) ?? ALREADY.exec(text);
  if (found === null) return undefined;
  // "If that was already done, skip it" may be. What follows the mark is about something else.
  if (CASE.test(found.input.slice(0, found.index + found[0].length))) return undefined;
  return found[0].replaceAll(/^[^\p{L}\d[☑✓✔✅]+|[^\p{L}\d\]]+$/gu, '');
}

const DATE = piece`(?:\d{4}-\d\d-\d\d|\d{1,2}(?:\.|${'ordinal'})?\s?${'month'}\.?|${'month'}\.?\s\d{1,2}|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\d{1,2}/\d{1,2}\.?(?:\d{2,4})?)(?![\p{L}\d]|:\d)`;
/** "28.11" without its last dot; "2.4" may be a version. */
const SHORT_DATE = piece`\d{1,2}\.\d{1,2}(?![\p{L}\d.]|:\d)`;
const TICK = piece`(?:[☑✓✔✅]|\[[xX]\])`;
/** "☑ 28 Nov", "✓", "done", "28.11. Jo" as a whole cell. */
const DONE_CELL = phrase`^\W*(?:${TICK}|x\>|${'done-mark'}\>|${DATE}|${SHORT_DATE})`;
/** "- [x] 28 Nov: …", "- [x] … (28.11.)" */
const TICKED_ON = phrase`^\s*(?:[-*+]|\d+[.)])\s+${TICK}.*?(?<![\d.])${DATE}`;
/** "✅ 28 Nov", "(done on 28 Nov)", "erledigt am 28.11", "[x] 28.11:" */
const DONE_ON = phrase`(?:${TICK}|\<${'done-mark'})\W+(?:\p{L}{1,3}\s)?${DATE}|\<${'done-mark'}\W+\p{L}{1,3}\s${SHORT_DATE}|${TICK}\W+(?=\d\d\.\d\d)${SHORT_DATE}`;
const CASE = phrase`\<${'condition'}\>`;
const ALREADY = phrase`(?<!\p{L})${'done-already'}(?!\p{L})`;
