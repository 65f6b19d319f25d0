/** Doubts about commands that may only be shown: in a quotation, a folded part, or a table that explains commands. */
import {plainText} from '../document/inline.ts';
import {commandsOf, type Plan, type Step} from '../plan.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import type {FoundDoubt} from './found-doubt.ts';

/** `steps`: the steps that would run. */
export function asideDoubts(steps: readonly Step[], {source}: Plan): FoundDoubt[] {
  const folded = foldedLines(source);
  return steps.flatMap(step => {
    const found = commandsOf(step).flatMap(({line}) => {
      const aside = asideAt(line, source, folded);
      return aside === undefined ? [] : [{line, ...aside}];
    });
    const [first] = found;
    if (first === undefined) return [];
    return [
      {
        code: 'role-assumed',
        line: first.line,
        steps: [step.id],
        message: `line ${first.line} stands in ${first.where}: it may be shown, and not be done`,
        because: first.because,
        settle: 'say that it is done, do it by hand, or leave it out',
      },
    ];
  });
}

function asideAt(line: number, source: readonly string[], folded: ReadonlySet<number>) {
  const text = source[line - 1] ?? '';
  // `> dropdb shop` may be somebody else's words.
  if (/^\s*>/.test(text)) return {where: 'a quotation', because: '>'};
  if (folded.has(line)) return {where: 'a part that is folded away', because: '<details>'};
  const head = /^\s*\|/.test(text) ? headOf(line, source) : undefined;
  return head === undefined ? undefined : {where: 'a table of what commands are for', because: head};
}

/** Lines in `<details>`. With boxes, the fold holds work of the checklist; without, it may be a remark. */
function foldedLines(source: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  let open: number | undefined;
  source.forEach((text, index) => {
    if (/^\s*<details/i.test(text)) open ??= index;
    if (open === undefined || !/<\/details>/i.test(text)) return;
    const holdsBoxes = source.slice(open, index).some(line => /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]/.test(line));
    if (!holdsBoxes) for (let at = open; at <= index; at += 1) found.add(at + 1);
    open = undefined;
  });
  return found;
}

/** The header of a table that begins with commands and explains them. A table of work begins with what to do. */
function headOf(line: number, source: readonly string[]): string | undefined {
  for (let at = line - 1; at > Math.max(0, line - ROWS_MAX); at -= 1) {
    if (!/^\s*\|?[\s:|-]+$/.test(source[at - 1] ?? '')) continue;
    const head = source[at - 2] ?? '';
    const [first = '', ...others] = head
      .split('|')
      .map(plainText)
      .filter(cell => cell !== '');
    return COMMAND.test(first) && others.some(cell => PURPOSE.test(cell)) ? head.trim() : undefined;
  }
  return undefined;
}

const ROWS_MAX = 200;
const COMMAND = topicPattern('column-command');
const PURPOSE = phrase`^${'column-purpose'}\W*$`;
