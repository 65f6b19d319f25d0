/** Sample output in a fence as something to expect. */
import type {TextLine} from '../../document/blocks.ts';
import type {Expectation} from '../../plan.ts';

/**
 * What somebody saw a command print, as something to expect. One short line of plain words is looked for; anything
 * with figures, dates or gaps in it will differ and is for a person to compare.
 */
export function printed(output: readonly TextLine[]): Expectation[] {
  const lines = output.filter(({text}) => /\S/.test(text));
  const [first] = lines;
  if (first === undefined) return [];
  const text = lines.length === 1 ? first.text.trim() : `${first.text.trim()} …`;
  const only = lines.length === 1 ? first.text.trim() : '';
  if (!/^[A-Za-z][A-Za-z ,'-]{1,60}[A-Za-z.!]$/.test(only) || /x{3,}|\.{3}/i.test(only)) {
    return [{text, line: first.line, readable: false}];
  }
  return [{text, line: first.line, readable: true, check: {kind: 'contains', text: only, words: true}}];
}
