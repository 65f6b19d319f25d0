/** The operator of an incident that is rehearsed without a person. */
import type {Connection} from '../attach/client.ts';
import type {Plan, Rule} from '../plan/plan.ts';
import type {Recorded} from '../run/event.ts';
import {EXIT} from '../run/exit-codes.ts';
import {rollbackEnd} from '../run/selectors.ts';
import type {RunState} from '../run/state.ts';
import {CommandError} from './command-error.ts';
import {untilEngineGone} from './engine-process.ts';
import {followEvents} from './follow-events.ts';
import {say} from './terminal/print.ts';

/** Readings of the old version that make a baseline. */
const BASELINE_SAMPLES_MIN = 5;
/**
 * The drill goes on as soon as something has happened. That it ever will is given up only here: on a machine that is
 * busy with other things all of it takes as long as it takes, and that is no fault of the deploy.
 */
const BASELINE_WITHIN_MS = 300_000;
const DEPLOY_WITHIN_MS = 900_000;
/** A restart may take its time to settle, and a slope wants more than a minute of readings after it. */
const FIRE_WITHIN_MS = 600_000;
const ROLL_BACK_WITHIN_MS = 600_000;
const SETTLE_WITHIN_MS = 600_000;
const CLOSE_WITHIN_MS = 60_000;

/**
 * Plays the operator of an incident: looks at the old version for a while, lets the deploy run into it, watches until
 * the trigger fires that must, rolls back, waits until the old version is as it was, and closes the run. Returns 0 when
 * all of it went as it should.
 */
export async function drillIncident(connection: Connection, kind: 'plain' | 'json', trigger: string): Promise<number> {
  const rule = connection.plan.rules.find(({role, text}) => role === 'trigger' && text.includes(trigger));
  if (rule === undefined) throw new CommandError(EXIT.internalError, `the checklist has no trigger "${trigger}"`);
  const left = new AbortController();
  const closed = followEvents(connection, kind).finally(() => left.abort());
  const [code, hasFired] = await Promise.all([closed, operate(connection, rule, left.signal)]);
  await breakOff(connection);
  connection.close();
  await untilEngineGone(connection, true);
  if (code !== EXIT.rolledBack) return code;
  return hasFired ? EXIT.succeeded : EXIT.stepFailed;
}

/** A drill that is left loses its target: its run must not go on without one. */
async function breakOff(connection: Connection): Promise<void> {
  const {store, send} = connection;
  if (store.getState().closed !== null) return;
  tell('the drill is broken off: its run is closed, and its target ends');
  const refused = await send({type: 'finish', because: 'the drill was broken off', abort: true});
  const until = patience(connection, new AbortController().signal);
  if (refused === undefined) await until(({closed}) => closed !== null, CLOSE_WITHIN_MS);
}

type Until = (holds: (state: RunState) => boolean, withinMs: number) => Promise<boolean>;

/** False when it has not come in time, or never will because the run is left. */
function patience({store}: Connection, left: AbortSignal): Until {
  return (holds, withinMs) =>
    new Promise(resolve => {
      const end = (held: boolean) => {
        clearTimeout(timer);
        unsubscribe();
        left.removeEventListener('abort', giveUp);
        resolve(held);
      };
      const giveUp = () => end(false);
      const timer = setTimeout(giveUp, withinMs);
      const unsubscribe = store.subscribe(state => {
        if (holds(state)) end(true);
      });
      left.addEventListener('abort', giveUp);
      if (left.aborted || holds(store.getState())) end(holds(store.getState()));
    });
}

/** Whether the right trigger fired, and the run was back at its baseline in the end. */
async function operate(connection: Connection, rule: Rule, left: AbortSignal): Promise<boolean> {
  const {plan, store, send} = connection;
  const until = patience(connection, left);
  const evaluations = countEvaluations(connection, rule);
  await until(state => hasBaseline(plan, state), BASELINE_WITHIN_MS);
  await send({type: 'run-on', on: true});
  const isDeployed = await until(state => state.newVersionAt !== undefined, DEPLOY_WITHIN_MS);
  const hasFired = isDeployed && (await until(state => state.tripped.length > 0, FIRE_WITHIN_MS));
  // A person has left, or the run has ended by itself: there is nothing to roll back for.
  if (left.aborted) return false;
  const isRight = hasFired && saidFired(connection, rule, evaluations());
  if (!hasFired) tell(`NOT as it should be: "${rule.text}" has not fired; ${whereItStands(store.getState(), rule)}`);
  const refused = await rollBackNow(connection);
  if (refused !== undefined) tell(`NOT as it should be: the rollback was refused: ${refused}`);
  const isBack =
    refused === undefined && (await until(({rollback}) => rollback.status === 'finished', ROLL_BACK_WITHIN_MS));
  const wasOk = new Set<string>();
  const isAsBefore = isBack && (await until(state => isAsBeforeDeploy(state, wasOk), SETTLE_WITHIN_MS));
  if (isBack) saidBack(store.getState(), wasOk);
  if (store.getState().closed === null) await send({type: 'finish', because: 'the drill is over', abort: !isBack});
  return isRight && isAsBefore;
}

/** Whether everything that the triggers watch has a baseline. */
function hasBaseline({rules}: Plan, {signals}: RunState): boolean {
  const watched = rules.flatMap(({role, signal}) => (role === 'trigger' && signal !== undefined ? [signal] : []));
  return watched.every(signal => (signals[signal]?.samples.length ?? 0) >= BASELINE_SAMPLES_MIN);
}

/** Asks twice, as a person presses R twice: the second time means "now". */
async function rollBackNow({store, send}: Connection): Promise<string | undefined> {
  const refused = await send({type: 'roll-back'});
  if (refused === undefined && store.getState().rollback.status === 'counting') await send({type: 'roll-back'});
  return refused;
}

/** Each signal has been as it was; that all of them are at the same moment is more than a busy machine can promise. */
function isAsBeforeDeploy({afterRollback = [], rules}: RunState, wasOk: Set<string>): boolean {
  for (const {id} of afterRollback) if (rules[id]?.standing.kind === 'ok') wasOk.add(id);
  return afterRollback.length > 0 && wasOk.size === afterRollback.length;
}

/** Evaluations past the bound in a row, up to the one at which it fired. */
function countEvaluations({onEvents}: Connection, {id}: Rule): () => number {
  let inRow = 0;
  let fired = false;
  onEvents(events => {
    for (const event of events) {
      if (event.type !== 'rule-changed' || event.ruleId !== id || fired) continue;
      inRow = isPastBound(event) ? inRow + 1 : 0;
      fired = event.assessment.standing.kind === 'tripped';
    }
  });
  return () => inRow;
}

function isPastBound({assessment: {standing}}: Extract<Recorded, {type: 'rule-changed'}>): boolean {
  return standing.kind === 'tripped' || (standing.kind === 'breached' && standing.calm === undefined);
}

function saidFired({plan, store}: Connection, rule: Rule, evaluations: number): boolean {
  const {tripped, newVersionAt = 0} = store.getState();
  const [first] = tripped;
  if (first === undefined) return false;
  if (first.ruleId !== rule.id) {
    const other = plan.rules.find(({id}) => id === first.ruleId)?.text;
    tell(`NOT as it should be: "${other}" fired before "${rule.text}": ${first.evidence}`);
    return false;
  }
  const seconds = Math.round((first.at - newVersionAt) / 1000);
  tell(
    `"${rule.text}" fired ${seconds} s after the new version was in place, ${evaluations === 1 ? 'at the first evaluation' : `at evaluation ${evaluations} in a row`} past its bound`,
  );
  tell(`evidence: ${first.evidence}`);
  return true;
}

function whereItStands({rules}: RunState, {id}: Rule): string {
  const own = rules[id];
  return own === undefined ? 'it was never judged' : `it is ${own.standing.kind}: ${own.because}, n=${own.n}`;
}

function saidBack({rollback, afterRollback = []}: RunState, wasOk: ReadonlySet<string>): void {
  if (rollback.status !== 'finished') return;
  tell(`${rollbackEnd(rollback)}: ${rollback.because}`);
  const open = afterRollback.filter(({id}) => !wasOk.has(id)).map(({text}) => text);
  if (afterRollback.length === 0) tell('NOT as it should be: nothing holds the old version against its baseline');
  else if (open.length > 0) tell(`NOT as it should be: not ${open.join(', not ')}`);
  else tell(`back to baseline: all ${afterRollback.length} verdicts were ok`);
}

function tell(text: string): void {
  say(`T-Minus: ${text}\n`);
}
