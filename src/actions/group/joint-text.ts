/** Several texts for `sh` as one, so that one task of Ansible asks them all: what each printed, and how it ended, by itself. */
import {quoteForShell as quote} from '../../plan/script.ts';
import {withinText} from './group-text.ts';

/** `withinS`: it is broken off when it takes longer. */
export type Part = {text: string; withinS: number};

/** No `code`: it was broken off, and line ends at the end of its output are lost. */
export type PartSaid = {code?: number; output: string};

/** `mark`: what none of them prints. They run at the same time, and no file is needed: the host's disk may be full. */
export function jointText(parts: readonly Part[], mark: string): string {
  return `${withinText}:|${parts.map(part => wayOf(part, mark)).join('|\n')}\n:`;
}

/**
 * Runs one part, passes on what the parts before it have said, and then says what this one has. `sed` reads no further than to
 * its end: what it has started may go on and keep the stream open.
 */
function wayOf({text, withinS}: Part, mark: string): string {
  const whole = quote(`{ ${text}\nprintf '${mark}%s' "$?"\n} </dev/null\n`);
  const limited = `{ _tm_within ${withinS} ${whole}; printf '\\n${mark}\\n'; }`;
  return `{ _tm_o=$(${limited} | LC_ALL=C sed -n '/^${mark}$/q;p'); cat; printf '%s${mark}\\n' "$_tm_o"; }`;
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
