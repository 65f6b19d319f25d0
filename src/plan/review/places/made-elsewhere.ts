/** Files that the rollback looks for in one place, and that the document makes in another. */
import {commandsOf, type Step} from '../../plan.ts';
import type {Missing} from '../../rollback/rollback-inputs.ts';
import type {FoundDoubt} from '../found-doubt.ts';

export type Elsewhere = Missing & {made: NonNullable<Missing['made']>};

export function isMade(missing: Missing): missing is Elsewhere {
  return missing.made !== undefined;
}

/** The rollback does not find what it needs: the worst effect of a wrong place. */
export function whyNotHere(steps: readonly Step[], elsewhere: readonly Elsewhere[]): string | undefined {
  const lines = linesIn(steps);
  const found = elsewhere.find(({made, where}) => lines.has(made.line) && made.where !== where);
  return found && `but the rollback looks for ${found.what} on ${nameOf(found.where)}`;
}

/** It is made on another machine. */
export function whyElsewhere(steps: readonly Step[], elsewhere: readonly Elsewhere[]): string | undefined {
  const lines = linesIn(steps);
  const found = elsewhere.find(({line, made, where}) => lines.has(line) && made.where !== where);
  return found && `but line ${found.made.line} makes ${found.what} on ${nameOf(found.made.where)}`;
}

export function ofElsewhere({line, what, where, made}: Elsewhere): FoundDoubt {
  const place = made.where === where ? `in another directory of ${nameOf(where)}` : `on ${nameOf(made.where)}`;
  return {
    code: 'rollback-assumed',
    line,
    message: `the rollback looks for ${what} on ${nameOf(where)}, and line ${made.line} makes it ${place}`,
    because: what,
    settle: `set the place of line ${made.line} with p in \`tminus review\`, or its directory under hosts: in the bindings`,
    ...(made.where === where ? {proposed: 'it will be there by then'} : {}),
  };
}

function nameOf(where: string): string {
  return where === 'local' ? 'this machine' : where;
}

export function linesIn(steps: readonly Step[]): ReadonlySet<number> {
  return new Set(steps.flatMap(step => commandsOf(step).map(({line}) => line)));
}
