/** Doubts about dots among commands: they stand for commands that nobody wrote. */
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {promptOf} from '../../shell/prompts.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

export function leftOutDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  const stepOf = new Map<number, Step>();
  for (const step of steps) {
    if (!isDone(byId.get(step.section)?.use)) continue;
    for (const {line, text} of commandsOf(step)) stepOf.set(line + text.split('\n').length - 1, step);
  }
  return [...stepOf].flatMap(([line, step]): FoundDoubt | [] => {
    const dots = source[line] ?? '';
    // Behind a prompt they may be shortened output.
    if (!DOTS.test(dots) || promptOf(source[line - 1] ?? '') !== undefined) return [];
    const next = stepOf.get(line + 2);
    return {
      code: 'not-read',
      line: line + 1,
      steps: [...new Set([step.id, ...(next === undefined ? [] : [next.id])])],
      message: `line ${line + 1} stands for commands that are not written, and none would run`,
      because: dots.trim(),
      settle: 'write them, do them by hand, or confirm that there are none',
    };
  });
}

const DOTS = /^\s*(?:#\s*)?[[(<]?(?:\.{3,}|…)[\])>]?\s*$/;
