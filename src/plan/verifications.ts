/** Finds the parts of a rollback that check its result. */
import {traitsOf} from './action-traits.ts';
import {
  type Action,
  type Command,
  type Expectation,
  type HttpRequest,
  linksMade,
  looksOnly,
  movesHead,
  namesWork,
  onlyLooks,
  onlyReads,
  readsOnly,
  restoredBy,
  type Stage,
} from './script.ts';

type Judged = {action: Action; expectations: readonly Expectation[]};

/** `commands`: those commands of the step that only look; empty where its requests, rows or expectations are judged. */
export type Verification<Step> = {step: Step; commands: readonly Command[]};

/**
 * The steps that look at the final result. A look before the last change says nothing about the result, and neither
 * does a request that only sends something.
 */
export function verifications<Step extends Judged>(steps: readonly Step[]): readonly Verification<Step>[] {
  let changed = false;
  let found: Verification<Step>[] = [];
  const note = (step: Step, commands: readonly Command[] = []) => {
    if (changed) found.push({step, commands});
  };
  for (const step of steps) {
    const {action} = step;
    switch (action.kind) {
      case 'script':
        for (const stage of action.stages) takeStage(stage, step);
        if (step.expectations.some(({check}) => check !== undefined)) note(step);
        break;
      case 'http':
        for (const request of action.requests) takeRequest(request, step);
        break;
      case 'sql':
        if (action.statements.every(({text}) => onlyReads(text))) note(step);
        else change();
        break;
      default:
        if (traitsOf(action).verifies === 'always') note(step);
    }
  }
  return found;

  function takeStage(stage: Stage, step: Step): void {
    if (stage.kind === 'http') return takeRequest(stage.request, step);
    // Only one arm is taken, so what another arm looks at may never be seen.
    if (stage.kind === 'alternatives') return change();
    for (const command of stage.commands) {
      if (looksOnly(command.text)) note(step, [command]);
      else if (!readsOnly(command.text)) change();
    }
  }

  function takeRequest(request: HttpRequest, step: Step): void {
    if (namesWork(request)) return change();
    const isLook = onlyLooks(request) || request.expectations.length > 0 || step.expectations.length > 0;
    changed ||= !isLook;
    if (isLook) note(step);
  }

  function change(): void {
    changed = true;
    found = [];
  }
}

/** Whether a step leaves something that shows the old version: a commit checked out, a link set, a backup restored. */
export function showsVersion(steps: readonly Judged[]): boolean {
  return steps.some(
    ({action}) =>
      action.kind === 'script' &&
      action.stages.some(stage => {
        const commands =
          stage.kind === 'alternatives'
            ? stage.arms.flatMap(arm => arm.commands)
            : stage.kind === 'http'
              ? []
              : stage.commands;
        return commands.some(
          command => movesHead(command.text) || linksMade(command.text).length > 0 || restoredBy(command).length > 0,
        );
      }),
  );
}
