/** Several texts for `sh` as one, so that one task of Ansible asks them all: what each printed, and how it ended, by itself. */
import {quoteForShell as quote} from '../../plan/script.ts';

/** `withinS`: it is broken off there when it takes longer, where the host has `timeout`. */
export type Part = {text: string; withinS?: number};

/** No `code`: it was broken off, and line ends at the end of its output are lost. */
export type PartSaid = {code?: number; output: string};

/** `mark`: what none of them prints. They run at the same time, and no file is needed: the host's disk may be full. */
export function jointText(parts: readonly Part[], mark: string): string {
  const functions = parts.map((part, index) => `_tm_part${index}() {\n${bodyOf(part, mark)}\n}`);
  const ways = parts.map(
    (_, index) => `{ _tm_o=$(_tm_part${index} </dev/null); cat; printf '%s${mark}\\n' "$_tm_o"; }`,
  );
  return `${functions.join('\n')}\n:|${ways.join('|\n')}\n:`;
}

/** Of each part, in order; undefined where nothing was heard of it. */
export function partsSaid(printed: string, mark: string, count: number): readonly (PartSaid | undefined)[] {
  // Behind the last one nothing comes.
  const found = printed.split(`${mark}\n`).slice(0, -1);
  return Array.from({length: count}, (_, index) => {
    const text = found[index];
    if (text === undefined) return undefined;
    const end = text.lastIndexOf(mark);
    if (end === -1) return {output: text};
    return {code: Number(text.slice(end + mark.length)), output: text.slice(0, end)};
  });
}

function bodyOf({text, withinS}: Part, mark: string): string {
  const whole = `${text}\nprintf '${mark}%s' "$?"`;
  if (withinS === undefined) return whole;
  // An old BusyBox has a `timeout` that takes its words in another way.
  return `if timeout 9 true 2>/dev/null; then timeout ${withinS} sh -c ${quote(whole)}\nelse\n${whole}\nfi`;
}
