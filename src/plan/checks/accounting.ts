/** Check: no line of the document is lost. Also lists the lines that only inform. */
import {type Block, linesWithText} from '../document/blocks.ts';
import type {SectionNode} from '../outline/sections.ts';
import {type Problem, problemAt} from '../problem.ts';
import type {Thing} from '../steps/found.ts';

/** Lines that no recogniser took. There should never be any; if there are, the operator is told. */
export function unreadProblems(
  blocks: readonly Block[],
  nodes: readonly SectionNode[],
  things: readonly Thing[],
  source: readonly string[],
): Problem[] {
  const isKnown = coverage([...nodes.map(({section}) => at(section.line)), ...things.flatMap(rangesOf)], source.length);
  const lost = linesWithText(blocks).flatMap(({line}) => (isKnown(line) ? [] : [line]));
  return [...new Set(lost)].map(line => {
    const message = 'this line was read into no step and no note';
    const hint = 'give it a heading of its own, or write it as a list item under one';
    return problemAt(source, 'warning', 'unread-content', line, '', message, hint);
  });
}

/** Lines that ask for nothing, for the margin of the document. */
export function notesIn(things: readonly Thing[]): number[] {
  return [
    ...new Set(things.flatMap(thing => (thing.kind === 'note' || thing.kind === 'label' ? [thing.line] : []))),
  ].sort((a, b) => a - b);
}

/** The first and the last line. */
type Range = readonly [from: number, to: number];

function at(line: number): Range {
  return [line, line];
}

/** Whether a line is in one of the ranges. Many ranges may overlap, as the steps of one long block do. */
export function coverage(ranges: readonly Range[], lines: number): (line: number) => boolean {
  const begun = new Int32Array(lines + 2);
  for (const [from, to] of ranges) {
    const first = Math.min(from, lines);
    begun[first] = (begun[first] ?? 0) + 1;
    const end = Math.min(Math.max(from, to), lines) + 1;
    begun[end] = (begun[end] ?? 0) - 1;
  }
  let open = 0;
  const covered = begun.map(count => {
    open += count;
    return open;
  });
  return line => (covered[line] ?? 0) > 0;
}

/** The lines that a thing accounts for. */
function rangesOf(thing: Thing): Range[] {
  switch (thing.kind) {
    case 'step': {
      const {line, endLine, boxes, action} = thing.step;
      const own: Range[] = [[line, endLine], ...boxes.map(at)];
      if (action.kind === 'choice') return [...own, ...action.arms.map(arm => at(arm.line))];
      return action.kind === 'input' ? [...own, ...action.blanks.map(blank => at(blank.line))] : own;
    }
    case 'evidence':
      return [...thing.boxes, ...thing.expectations.map(({line}) => line)].map(at);
    case 'rule':
      return [at(thing.rule.line)];
    case 'meta':
      return [at(thing.entry.line)];
    case 'contact':
      return [at(thing.contact.line)];
    case 'reference':
      return [at(thing.value.line)];
    case 'problem':
      return [at(thing.problem.line)];
    case 'note':
    case 'label':
    case 'incident':
      return [at(thing.line)];
    case 'read':
    case 'asked':
    case 'answered':
    case 'doubt':
      return [];
  }
}
