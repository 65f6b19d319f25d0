/** The engine of a run on another machine, as the ledger knows of it: whether it can be asked, and whether it is still there. */
import {checklistOf} from '../../ledger/engine-of-run.ts';
import type {RunState} from '../../run/state.ts';
import {programName} from '../command-line/program-name.ts';
import {reachLedger} from './reach-ledger.ts';
import type {Watched} from './watch-run.ts';

/** Why nothing can be asked of it from here, and what to do; nothing where it can. Rejects where the ledger is away. */
export async function whyNotAsked({connection, role, mayAsk}: Watched): Promise<string | undefined> {
  const {run, closed} = connection.store.getState();
  const {id, host} = placeOf(connection.store.getState(), connection.elsewhere);
  const command = `\`${programName()} rollback ${id}\` on ${host}`;
  if (closed !== null) return `run ${run.id} is closed, ${closed.because}: ${command} rolls it back`;
  if (!mayAsk) return `${role} only reads in the ledger: asking for a rollback needs tminus_operator`;
  switch (await standing(id)) {
    case 'at-work':
      return undefined;
    case 'gone':
      return goneText(id, host);
    case 'never-had':
      return `run ${id} has no lease, so its engine hears nothing from here: ${command} rolls it back`;
  }
}

function goneText(id: string, host: string): string {
  const first = `\`${programName()} resume ${id} --here\` takes the run up here`;
  return `its engine on ${host} is gone: ${first}, then R rolls it back`;
}

const LOOK_EVERY_MS = 5000;
/** One that has ended in order sends its last lines before it gives the lease back; they may still be on their way. */
const LOOKS = 2;

/** Told once, when the engine has let its lease end. Returns what stops it. */
export function onceGone({connection}: Watched, tell: (because: string) => void): () => void {
  const {id, host} = placeOf(connection.store.getState(), connection.elsewhere);
  let looks = 0;
  const timer = setInterval(async () => {
    // A ledger that is away says nothing about the engine.
    const now = await standing(id).catch(() => 'at-work');
    looks = now === 'gone' ? looks + 1 : 0;
    if (looks === LOOKS) tell(goneText(id, host));
  }, LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

async function standing(id: string): Promise<'at-work' | 'gone' | 'never-had'> {
  const checklist = await reachLedger(process.env, ledger => checklistOf(ledger, id));
  if (checklist === undefined) return 'never-had';
  return checklist.free || checklist.holder.run !== id ? 'gone' : 'at-work';
}

function placeOf({run}: RunState, elsewhere = run.host): {id: string; host: string} {
  return {id: run.id, host: elsewhere};
}
