/** Steps that are not always to be done: "if requirements.txt changed", "(DEV, STE)", "Go/No-Go". */
import type {Plan, Step} from '../../plan/plan.ts';
import {traitsOf} from '../../plan/plan.ts';
import type {Command} from '../../plan/script.ts';
import {commandsIn} from '../operations.ts';

/**
 * What a person has to decide before an automated step may run; undefined where nothing is open. Steps done by hand are
 * a person's anyway. What the existence of an input decides ("if the backup exists") is proved where it runs instead.
 */
export function openCondition(plan: Plan, step: Step): string | undefined {
  if (!traitsOf(step.action).judged) return undefined;
  if (step.gate === true) return 'a person decides here whether it goes on: Enter runs it';
  if (step.scope !== undefined && !/^all$/i.test(step.scope)) {
    return `only for ${step.scope.replace(/^for /i, '')}: Enter runs it, s skips it`;
  }
  if (step.condition !== undefined && !isAnswered(plan, step, step.condition)) {
    return isProvable(step) ? undefined : `${conditionText(step.condition)}: Enter runs it, s skips it`;
  }
  const part = unprovedPart(step);
  return part === undefined ? undefined : `${part}: Enter runs all of it, s skips it`;
}

/** `only if requirements.txt changed`, `optional`. */
function conditionText(condition: string): string {
  return /^(?:if|when|unless)\b/i.test(condition) ? `only ${condition}` : condition;
}

/** "If the migration failed:" over an option is answered by choosing the option. */
function isAnswered({steps}: Plan, {arm}: Step, condition: string): boolean {
  const choice = arm === undefined ? undefined : steps.find(({id}) => id === arm.choice);
  if (choice?.action.kind !== 'choice') return false;
  const title = choice.action.arms.find(({id}) => id === arm?.arm)?.title.toLowerCase() ?? '';
  return title.includes(condition.toLowerCase());
}

/** Every command proves what it needs before it runs, and that is what the condition asks for. */
function isProvable({action, condition = ''}: Step): boolean {
  if (action.kind !== 'script' || !EXISTS.test(condition)) return false;
  if (action.stages.some(stage => stage.kind === 'http')) return false;
  return commandsIn(action.stages).every(provesItself);
}

function provesItself({inputs}: Command): boolean {
  return inputs.length > 0;
}

const EXISTS =
  /(?<![\p{L}])(?:exists?|existing|present|available|found|installed|there (?:is|are)|existen?|disponibles?|presentes?|hay|vorhanden|existiert|installiert|verfügbar)(?![\p{L}])/iu;

/** One command among others that is not always to be run. */
function unprovedPart({action, condition}: Step): string | undefined {
  if (action.kind !== 'script' || condition !== undefined) return undefined;
  const one = commandsIn(action.stages).find(
    command => command.condition !== undefined && !(EXISTS.test(command.condition) && provesItself(command)),
  );
  if (one?.condition !== undefined) return `line ${one.line} ${conditionText(one.condition)}`;
  const asked = action.stages.flatMap(stage => (stage.kind === 'http' ? (stage.condition ?? []) : []))[0];
  return asked === undefined ? undefined : `a request ${conditionText(asked)}`;
}
