/** A short difference of two texts, in the form of a unified diff. */
import {stripVTControlCharacters} from 'node:util';

type Change = {kind: ' ' | '-' | '+'; text: string};

const CONTEXT_LINES = 1;
const SHOWN_LINES_MAX = 40;
const LINE_LENGTH_MAX = 160;
/** Of lines on either side that are compared one by one; what differs more is shown as a whole. */
const COMPARED_LINES_MAX = 2000;

export function textDifference(then: string, now: string, name: string): string {
  const before = then.split(/\r?\n/);
  const after = now.split(/\r?\n/);
  const start = commonLines(before, after);
  const end = commonLines(before.slice(start).reverse(), after.slice(start).reverse());
  const lead = before.slice(Math.max(0, start - CONTEXT_LINES), start);
  const trail = before.slice(before.length - end, before.length - end + CONTEXT_LINES);
  const middle = compare(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const lines = [
    ...lead.map(text => ` ${text}`),
    ...middle.map(({kind, text}) => `${kind}${text}`),
    ...trail.map(text => ` ${text}`),
  ].map(shown);
  const more = lines.length > SHOWN_LINES_MAX ? [`… ${lines.length - SHOWN_LINES_MAX} more lines`] : [];
  const from = start - lead.length + 1;
  const head = [`--- ${name} (when the run was opened)`, `+++ ${name} (now)`, `@@ line ${from} @@`];
  return [...head, ...lines.slice(0, SHOWN_LINES_MAX), ...more].join('\n');
}

/** Anybody may have written it, and it goes to a terminal. */
function shown(line: string): string {
  const plain = stripVTControlCharacters(line).replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
  return plain.length > LINE_LENGTH_MAX ? `${plain.slice(0, LINE_LENGTH_MAX)}…` : plain;
}

function commonLines(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < one.length && count < other.length && one[count] === other[count]) count += 1;
  return count;
}

function compare(before: readonly string[], after: readonly string[]): readonly Change[] {
  if (before.length > COMPARED_LINES_MAX || after.length > COMPARED_LINES_MAX) return replaced(before, after);
  const common = longestCommon(before, after);
  const changes: Change[] = [];
  let b = 0;
  let a = 0;
  for (const [atBefore, atAfter] of common) {
    changes.push(...replaced(before.slice(b, atBefore), after.slice(a, atAfter)));
    changes.push({kind: ' ', text: before[atBefore] ?? ''});
    b = atBefore + 1;
    a = atAfter + 1;
  }
  return [...changes, ...replaced(before.slice(b), after.slice(a))];
}

function replaced(before: readonly string[], after: readonly string[]): readonly Change[] {
  return [...before.map(text => ({kind: '-', text}) as const), ...after.map(text => ({kind: '+', text}) as const)];
}

/** Pairs of indexes of a longest common subsequence. */
function longestCommon(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (b: number, a: number) => lengths[b * width + a] ?? 0;
  for (let b = before.length - 1; b >= 0; b -= 1) {
    for (let a = after.length - 1; a >= 0; a -= 1) {
      lengths[b * width + a] = before[b] === after[a] ? at(b + 1, a + 1) + 1 : Math.max(at(b + 1, a), at(b, a + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let b = 0, a = 0; b < before.length && a < after.length; ) {
    if (before[b] === after[a]) pairs.push([b++, a++]);
    else if (at(b + 1, a) >= at(b, a + 1)) b += 1;
    else a += 1;
  }
  return pairs;
}
