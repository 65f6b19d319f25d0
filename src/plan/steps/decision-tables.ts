/** Recogniser of tables that say which cases lead to the rollback: "Situation | Decision". */
import {plainText} from '../document/inline.ts';
import {saysNoRollback} from '../phrases/decisions.ts';
import {anyOf} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';
import {labelsFound, type Recogniser, type Row, rulesFound} from './found.ts';
import {triggersIn} from './rules.ts';

export const DECISION_TABLE: Recogniser<'table'> = {
  name: 'table of decisions',
  example: '## Decide\n\n| At 22:00 | Then |\n|---|---|\n| No answer yet | back out |\n| All green | go home |',
  on: 'table',
  read({columns, rows, isOfSteps}, setting) {
    const {role} = setting.node.section;
    if (isOfSteps || NOT_DECIDED.test(role)) return undefined;
    const at = columns.findIndex((_, index) => index > 0 && rows.some(row => endsWork(row, index)));
    if (at === -1) return undefined;
    const rules = rows.flatMap(row => {
      if (!endsWork(row, at)) return [];
      const text = row.cells
        .slice(0, at)
        .map(plainText)
        .filter(cell => /\p{L}/u.test(cell))
        .join(', ');
      const assumed = `"${text}" is taken for a reason to roll back, because its row says "${plainText(row.cells[at] ?? '')}"`;
      return text === '' ? [] : triggersIn({...setting, assumed}, text, row.line);
    });
    return {things: [...rulesFound(rules), ...labelsFound(rows)], setting};
  },
};

/** What only informs, and the rollback itself, whose cases are ways back. */
const NOT_DECIDED = /^(?:contacts|reference|notes|rollback)$/;

function endsWork({cells}: Row, index: number): boolean {
  const said = plainText(cells[index] ?? '');
  return GOES_BACK.test(said) && !saysNoRollback(said);
}

/** The order to go back, alone or behind another: "back out at once", "stop, undo 1". */
const GOES_BACK = new WordPattern(
  String.raw`^(?:[^\p{L}]*\p{L}+\W+){0,2}?(?:${anyOf('rollback')}|${anyOf('undo')})(?!\p{L})`,
  'iu',
);
