/** A run that is going on, as its console sees it. */
import {readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import type {Connection} from '../../attach/client.ts';
import {openSpoolReader} from '../../journal/spool/spool-reader.ts';
import type {Intent} from '../../run/event.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import type {Session, Spool} from '../../ui/session.ts';
import {CommandError} from '../command-error.ts';
import {programName} from '../command-line/program-name.ts';
import {untilEngineGone} from '../engine-process.ts';

/** What its screen shows and where its keys go. */
export function liveSession(connection: Connection): Session {
  const {plan, store, consoleId, questions, answer, trouble, onLost, runDirectory, elsewhere} = connection;
  return {
    plan,
    run: store,
    consoleId,
    // One elsewhere is let in after its console has opened.
    get me() {
      return nameOf(connection);
    },
    program: programName(),
    send: intent => sendOrSign(connection, intent),
    questions,
    answer,
    onLost: listener => onLost(detail => listener(goneTo(store.getState()) ?? detail)),
    trouble,
    ...compact({elsewhere}),
    spool: spoolOver(connection, runDirectory),
    drafts: {
      path: file => join(runDirectory, basename(file)),
      read: file => readFile(join(runDirectory, basename(file)), 'utf8'),
    },
  };
}

/** The engine of a closed run is gone, or about to go: a signature is written without it, and seen here as any other event. */
async function sendOrSign(connection: Connection, intent: Intent): Promise<string | undefined> {
  const {store, plan, send, runDirectory, consoleId, elsewhere} = connection;
  // What is here of a run of another machine is a copy that goes with the console.
  if (elsewhere !== undefined) return await send(intent);
  if (store.getState().closed === null || (intent.type !== 'sign-off' && intent.type !== 'countersign'))
    return await send(intent);
  await untilEngineGone(connection);
  const {signClosedRun, signerHere, writeRecord} = await import('../signing/closed-signing.ts');
  const {evolve} = await import('../../run/evolve.ts');
  try {
    const {events} = await signClosedRun(
      runDirectory,
      store.getState().consoles[consoleId] ?? signerHere(undefined),
      intent,
    );
    await writeRecord(runDirectory);
    for (const event of events) store.setState(evolve(plan, store.getState(), event), true);
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}

/** Where a run is that its engine here has let go of. */
function goneTo({lease}: RunState): string | undefined {
  return lease?.takenOver === true && 'because' in lease ? lease.because : undefined;
}

function nameOf({store, consoleId}: Connection): string {
  return store.getState().consoles[consoleId]?.name ?? '';
}

/** How far sources have grown comes over the socket; their text is read from the run directory. */
function spoolOver(connection: Connection, runDirectory: string): Spool {
  const reader = openSpoolReader(runDirectory);
  return {
    ...reader,
    sources: () => connection.sources(),
    subscribe: listener =>
      connection.onSources(() => {
        reader.refresh();
        listener();
      }),
  };
}
