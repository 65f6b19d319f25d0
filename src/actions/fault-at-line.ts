/** A world in which one line of the document fails when it is first performed; everything else is as it is. */
import {commandsIn} from '../run/operations.ts';
import type {Outcome} from '../run/outcome.ts';
import type {BoundCommand, BoundStage, Request} from '../run/request.ts';
import type {World} from './world.ts';

const SAID = 'this line fails in the rehearsal, as it was told to';
const FAILED = 1;
const UNAVAILABLE = 503;

export function failingAt(world: World, line: number): World {
  let isDue = true;
  return {
    ...world,
    async perform(request, sink, signal, onAwaited) {
      if (!isDue || !linesOf(request).includes(line)) return await world.perform(request, sink, signal, onAwaited);
      isDue = false;
      if (request.kind === 'script') {
        const stages = request.stages.map(stage => failingStage(stage, line));
        return await world.perform({...request, stages}, sink, signal, onAwaited);
      }
      sink('output', `${SAID}\n`);
      return failure(request);
    },
  };
}

function linesOf(request: Request): number[] {
  if (request.kind === 'script') {
    const requests = request.stages.flatMap(stage => (stage.kind === 'http' ? [stage.request] : []));
    return [...commandsIn(request.stages), ...requests].map(({line}) => line);
  }
  const parts = 'statements' in request ? request.statements : 'requests' in request ? request.requests : [];
  return parts.map(({line}) => line);
}

/** What stands before the line is run; the shell says what went wrong in its place. */
function failingStage(stage: BoundStage, line: number): BoundStage {
  const failing = (commands: readonly BoundCommand[]) =>
    commands.map(command =>
      command.line === line ? {...command, text: `(echo '${SAID}' >&2; exit ${FAILED})`, captures: []} : command,
    );
  if (stage.kind === 'commands') return {...stage, commands: failing(stage.commands)};
  if (stage.kind === 'alternatives') {
    return {...stage, arms: stage.arms.map(arm => ({...arm, commands: failing(arm.commands)}))};
  }
  return stage.request.line === line
    ? {kind: 'commands', commands: failing([{line, text: '', captures: [], requires: [], optional: false}])}
    : stage;
}

/** In the words of what would have answered. */
function failure(request: Request): Outcome {
  if (request.kind !== 'http') return {kind: 'refused', reason: 'database', detail: SAID, durationMs: 0};
  const timing = {firstByteMs: 0, totalMs: 0};
  const answers = request.requests.map(({line}) => ({line, status: UNAVAILABLE, body: SAID, timing}));
  return {kind: 'answered', answers, durationMs: 0};
}
