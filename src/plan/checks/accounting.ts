/** Check: lines of the document that no recogniser accounts for. */
import {type Block, contentOf} from '../document/blocks.ts';
import type {SectionNode} from '../outline/sections.ts';
import {type Problem, problemAt} from '../problem.ts';
import type {Thing} from '../steps/found.ts';

/** What the reading of a document lost: nothing may ever stand here. Should it happen all the same, it is said. */
export function unreadProblems(
  blocks: readonly Block[],
  nodes: readonly SectionNode[],
  things: readonly Thing[],
  source: readonly string[],
): Problem[] {
  const known = new Set([...nodes.map(({section}) => section.line), ...things.flatMap(linesOf)]);
  const lost = [...new Set(contentOf(blocks).map(({line}) => line))].filter(line => !known.has(line));
  return lost.map(line => {
    const message = 'this line was read into no step and no note';
    const hint = 'give it a heading of its own, or write it as a list item under one';
    return problemAt(source, 'warning', 'unread-content', line, '', message, hint);
  });
}

/** Lines that tell something and ask for nothing, for the margin of the document. */
export function notesIn(things: readonly Thing[]): number[] {
  return [
    ...new Set(things.flatMap(thing => (thing.kind === 'note' || thing.kind === 'label' ? [thing.line] : []))),
  ].sort((a, b) => a - b);
}

/** Lines that a thing says something of. */
function linesOf(thing: Thing): number[] {
  switch (thing.kind) {
    case 'step': {
      const {line, endLine, boxes, action} = thing.step;
      const own = [...boxes, ...Array.from({length: Math.max(1, endLine - line + 1)}, (_, index) => line + index)];
      if (action.kind === 'choice') return [...own, ...action.arms.map(arm => arm.line)];
      return action.kind === 'input' ? [...own, ...action.blanks.map(blank => blank.line)] : own;
    }
    case 'evidence':
      return [...thing.boxes, ...thing.expectations.map(({line}) => line)];
    case 'rule':
      return [thing.rule.line];
    case 'meta':
      return [thing.entry.line];
    case 'contact':
      return [thing.contact.line];
    case 'reference':
      return [thing.value.line];
    case 'problem':
      return [thing.problem.line];
    case 'note':
    case 'label':
    case 'incident':
      return [thing.line];
    case 'read':
    case 'answered':
      return [];
  }
}
