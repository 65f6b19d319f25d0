/** What comments behind the last command of a block say of it: nobody but a person can judge it. */
import type {Expectation} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import type {Segment} from './segments.ts';

/** "# out of sync <- stop, call the desk" leads to no command below it. `told`: what was read from comments. */
export function saidBehind(
  lines: readonly ShellLine[],
  segments: readonly Segment[],
  told: readonly Expectation[],
): Expectation[] {
  const last = lines.findLastIndex(({kind}) => kind === 'command');
  if (last < 0 || segments.length === 0 || segments.some(hasWays)) return [];
  return lines.slice(last + 1).flatMap(comment => {
    if (comment.kind !== 'comment' || !SAYS.test(comment.text) || looksLikeCommand(comment.text)) return [];
    const {line, text} = comment;
    return told.some(one => one.line === line) ? [] : [{text, line, readable: false}];
  });
}

/** The comments of alternatives name the ways. */
function hasWays(segment: Segment): boolean {
  return segment.kind === 'stages' && segment.stages.some(({kind}) => kind === 'alternatives');
}

/** Words, and no title of a list. */
const SAYS = /\p{L}{2,}\P{L}+\p{L}.*[^:：\s]\s*$/u;
