/** An engine that waits for people, and the people: clients of its socket that may be anybody. */
import {spawn} from 'node:child_process';
import {closeSync, openSync, readFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {join, resolve} from 'node:path';
import {AttachError, type Connection, connect} from '../../src/attach/client.ts';
import {writeOptions} from '../../src/engine/opening/options.ts';
import {createRunDirectory, newRunId, socketPath} from '../../src/journal/run-directory.ts';
import {reviewFileOf} from '../../src/plan/doubt.ts';
import type {Verdict} from '../../src/run/outcome.ts';
import type {StepState} from '../../src/run/state.ts';
import {eventually} from '../helpers/eventually.ts';
import {acceptReading} from '../helpers/program.ts';
import type {Stage} from './stage.ts';

export type Attended = {
  socket: string;
  join(name: string, observe?: boolean): Promise<Connection>;
};

/** As `tminus run` at a terminal does it, without the terminal. */
export async function openAttended({operator, checklist, bindings, sshd}: Stage): Promise<Attended> {
  const runId = newRunId(new Date());
  const {home} = operator;
  acceptReading(sshd.directory, operator.environment, [checklist, '-b', bindings]);
  const review = reviewFileOf(checklist);
  const files = {
    checklist: readFileSync(checklist),
    bindings: readFileSync(bindings, 'utf8'),
    review: readFileSync(review, 'utf8'),
  };
  const directory = await createRunDirectory(home, runId, files);
  writeOptions(directory, {
    runId,
    home,
    checklist,
    bindings,
    review,
    directory: sshd.directory,
    user: userInfo().username,
    auto: false,
    yes: [],
    watch: 'none',
    unattended: false,
    dryRun: false,
    values: {},
    choices: [],
  });
  const log = openSync(join(directory, 'engine.log'), 'a', 0o600);
  const stdio = ['ignore', log, log] as const;
  spawn(process.execPath, [resolve('dist/engine.js'), directory], {
    env: operator.environment,
    detached: true,
    stdio: [...stdio],
  }).unref();
  closeSync(log);
  const socket = socketPath(directory);
  return {
    socket,
    join: (name, observe = false) =>
      eventually('the engine', () => connect(socket, {name, observe}).catch(ifUnreachable)),
  };
}

function ifUnreachable(error: unknown): undefined {
  if (error instanceof AttachError && error.kind === 'unreachable') return undefined;
  throw error;
}

/** Runs a step, whatever stands before it, and waits for its end. `meanwhile`: as soon as it was begun. */
export async function runStep(
  {store, send}: Connection,
  stepId: string,
  meanwhile: () => unknown = () => {},
): Promise<StepState> {
  const refusal = await send({type: 'run-step', stepId, override: 'the suite goes on'});
  if (refusal !== undefined) throw new Error(`${stepId}: ${refusal}`);
  await meanwhile();
  return await eventually(`${stepId} to end`, () => {
    const own = store.getState().steps[stepId];
    return own !== undefined && own.status !== 'running' && own.status !== 'pending' ? own : undefined;
  });
}

/** What is said of it, also where a person is to judge. */
export function verdictOf(own: StepState): Verdict {
  const verdict = 'verdict' in own ? own.verdict : undefined;
  return verdict ?? {kind: 'judge', because: own.status, checks: []};
}
