/** Doubts about commands of a rollback that stand in the text of a step for a person: R runs none of them. */
import {commandsOf, type Plan, requestsOf, rollbacksOf, type Step} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {readsOnly} from '../../shell/read-only/looks.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {commandsToldIn} from '../lost/told-commands.ts';

/** One for each step. Where R has nothing else to run, only a person knows whether that is meant. */
export function leftToPeopleDoubts(plan: Plan, {byId}: LineIndex): FoundDoubt[] {
  const {steps, source} = plan;
  const ids = new Set(rollbacksOf(plan).flatMap(({steps: own}) => own));
  const isRun = steps.some(({id, action}) => ids.has(id) && action.kind !== 'manual' && action.kind !== 'input');
  const done = new Set(steps.flatMap(commandsOf).map(({text}) => text));
  return steps.flatMap((step): FoundDoubt | [] => {
    if (step.action.kind !== 'manual' || byId.get(step.section)?.use !== 'rollback') return [];
    const told = commandIn(step, source, command => !done.has(command));
    if (told === undefined || requestsOf(step).length > 0) return [];
    const {line, command} = told;
    return {
      code: 'not-read',
      line,
      steps: [step.id],
      message: `R runs nothing of line ${line}, which stands in a text for a person: \`${command.slice(0, SHOWN_MAX)}\``,
      because: command.slice(0, SHOWN_MAX),
      settle: 'write it in a block of its own if R is to run it, or do it by hand',
      ...(isRun ? {proposed: 'a person does it'} : {}),
    };
  });
}

function commandIn(
  {line, endLine}: Step,
  source: readonly string[],
  isOpen: (command: string) => boolean,
): {line: number; command: string} | undefined {
  for (let at = line; at <= Math.min(endLine, line + LINES_MAX); at += 1) {
    // What the text forbids, nobody is asked to do.
    const told = commandsToldIn(source[at - 1] ?? '', 'rollback');
    const command = told.find(code => /\s/.test(code) && looksLikeCommand(code) && !readsOnly(code) && isOpen(code));
    if (command !== undefined) return {line: at, command};
  }
  return undefined;
}

const LINES_MAX = 40;
const SHOWN_MAX = 80;
