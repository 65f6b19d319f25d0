/** Finds the cells of a table of bounds that were read into no rule, and joins the doubts about one row: "94–96 %" beside "< 90 %". */
import {plainText} from '../../document/inline.ts';
import {readQuantity} from '../../phrases/quantity.ts';
import type {Rule} from '../../plan.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt} from '../found-doubt.ts';

type Cell = {line: number; text: string; column?: number};

/** In a column of which other cells became rules, and beside a rule: whoever reads the rules misses them. */
export function cellsLeft<T extends Cell>(cells: readonly T[], rules: ReadonlyMap<number, readonly Rule[]>): T[] {
  const isRead = ({line, text}: Cell) => {
    const said = plainText(text);
    return (rules.get(line) ?? []).some(
      ({text: own, assumed = ''}) => own === said || own.endsWith(` ${said}`) || assumed.startsWith(`"${said}"`),
    );
  };
  const columns = new Set(cells.filter(cell => /\d/.test(cell.text) && isRead(cell)).map(({column}) => column));
  return cells.filter(
    cell =>
      columns.has(cell.column) &&
      rules.has(cell.line) &&
      !isRead(cell) &&
      !IS_NONE.test(cell.text) &&
      !isZero(cell.text),
  );
}

function isZero(text: string): boolean {
  return readQuantity(plainText(text))?.value === 0;
}

/** Where it stands for none, the rule beside it says from where on there is one. */
const IS_NONE = phrase`^[^\p{L}\d]*(?:${'none-of'}|${'nothing'})?[^\p{L}\d]*$`;

export function askedAsRows(found: readonly FoundDoubt[]): FoundDoubt[] {
  return [...Map.groupBy(found, ({code, line}) => `${code}:${line}`).values()].flatMap(([first, ...others]) => {
    const because = [first, ...others].flatMap(one => one?.because ?? []).join('", "');
    return first === undefined
      ? []
      : [{...first, message: first.message.replace(first.because, () => because), because}];
  });
}
