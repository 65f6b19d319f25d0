/** What comments behind the last command of a block say of it: nobody but a person can judge it. */
import type {TextLine} from '../../document/blocks.ts';
import type {Expectation} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import type {Segment} from './segments.ts';

/** "# out of sync <- stop, call the desk" leads to no command below it. */
export function saidBehind(
  lines: readonly ShellLine[],
  comments: readonly (TextLine & {expectations: readonly Expectation[]})[],
  segments: readonly Segment[],
): Expectation[] {
  const last = lines.findLast(({kind}) => kind === 'command');
  if (last === undefined || segments.length === 0 || segments.some(hasWays)) return [];
  return comments.flatMap(({line, text, expectations}) => {
    const isSaid = line > last.line && SAYS.test(text) && !looksLikeCommand(text);
    return isSaid && expectations.length === 0 ? [{text, line, readable: false}] : [];
  });
}

/** The comments of alternatives name the ways. */
function hasWays(segment: Segment): boolean {
  return segment.kind === 'stages' && segment.stages.some(({kind}) => kind === 'alternatives');
}

/** Words, and no title of a list. */
const SAYS = /\p{L}{2,}\P{L}+\p{L}.*[^:：\s]\s*$/u;
