/** Doubts about remarks that take back the commands beside or above them: "^^ no! only after a week", "# not this one". */
import {plainText} from '../document/inline.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {warningIn} from '../words/warning-words.ts';
import type {FoundDoubt} from './found-doubt.ts';

/** `steps`: the steps that would run. */
export function remarkDoubts(steps: readonly Step[], {source}: Plan): FoundDoubt[] {
  return steps.flatMap(step => {
    const lines = [...commandsOf(step), ...requestsOf(step)].map(({line}) => line);
    if (lines.length === 0) return [];
    const beside = lines.map(line => ({line, text: TRAILING.exec(source[line - 1] ?? '')?.[1] ?? ''}));
    const found = [...beside, ...below(Math.max(...lines), source)].find(({text}) => takesBack(text));
    if (found === undefined) return [];
    return [
      {
        code: 'condition-assumed',
        line: found.line,
        steps: [step.id],
        message: `line ${found.line} reads as if the commands there were not to be run: "${plainText(found.text).slice(0, 100)}"`,
        because: found.text.trim().slice(0, 100),
        settle: 'confirm that they always run, do them by hand, or leave them out',
      },
    ];
  });
}

const TRAILING = /\s((?:#|←|<-)\s*\S.*)$/;

/** The text directly below the commands, behind the end of their block and one empty line. */
function below(last: number, source: readonly string[]): {line: number; text: string}[] {
  let line = last + 1;
  if (FENCE.test(source[line - 1] ?? '')) line += 1;
  if ((source[line - 1] ?? '').trim() === '') line += 1;
  const text = (source[line - 1] ?? '').slice(0, REMARK_MAX);
  // A title, an item and a line with a colon speak of what stands below them.
  return /^\s*(?:#|[-*+|]\s|\d+[.)]\s|`{3})|[:：]\W*$/.test(text) ? [] : [{line, text}];
}

const REMARK_MAX = 400;
const FENCE = /^\s*(?:`{3,}|~{3,})\s*$/;

function takesBack(raw: string): boolean {
  const [whole, arrow] = /^[\s#(*_]*((?:\^+|[↑⬆⇧←]|<-+)?)\s*/u.exec(raw) ?? [];
  const text = plainText(raw.slice(whole?.length ?? 0));
  if (TAKEN_BACK.test(text)) return true;
  return arrow !== '' && (DENIES.test(text) || warningIn(text) !== undefined);
}

const TAKEN_BACK = phrase`^\W*${'taken-back'}\>`;
/** "no" begins with an n in nearly every language, and no "yes" does. */
const DENIES = phrase`^\W*(?=n)${'yes-no'}\>`;
