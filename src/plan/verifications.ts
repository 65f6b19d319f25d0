/** What of a rollback looks at its result. */
import {traitsOf} from './action-traits.ts';
import {
  type Action,
  type Expectation,
  type HttpRequest,
  linksMade,
  looksOnly,
  movesHead,
  type Stage,
} from './script.ts';

type Judged = {action: Action; expectations: readonly Expectation[]};

/** Steps that look at the result: what looks before anything was changed, or only sends something, says nothing of it. */
export function verifications<Step extends Judged>(steps: readonly Step[]): readonly Step[] {
  let changed = false;
  const look = (request: HttpRequest, step: Judged): boolean => {
    const isLook = isReading(request) || request.expectations.length > 0 || step.expectations.length > 0;
    changed ||= !isLook;
    return isLook && changed;
  };
  return steps.filter(step => {
    const {action} = step;
    switch (action.kind) {
      case 'script': {
        // Every stage is gone through, for what it changes.
        const looked = action.stages
          .map(stage => (stage.kind === 'http' ? look(stage.request, step) : lookIn(stage)))
          .some(Boolean);
        return looked || (changed && step.expectations.some(({check}) => check !== undefined));
      }
      case 'http':
        return action.requests.map(request => look(request, step)).some(Boolean);
      default:
        return changed && traitsOf(action).verifies === 'always';
    }
  });

  /** Only one of several ways is taken: what one of them looks at may never be looked at. */
  function lookIn(stage: Exclude<Stage, {kind: 'http'}>): boolean {
    if (stage.kind === 'alternatives') {
      changed = true;
      return false;
    }
    return stage.commands
      .map(({text}) => {
        const isLook = looksOnly(text);
        changed ||= !isLook;
        return isLook && changed;
      })
      .some(Boolean);
  }
}

/** Whether it leaves something behind that shows the old version: a commit checked out, a link set. */
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
        return commands.some(({text}) => movesHead(text) || linksMade(text).length > 0);
      }),
  );
}

function isReading({method}: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}
