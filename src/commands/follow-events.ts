/** A run without a screen: its events as lines of text or of JSON, as they come. */
import {stripVTControlCharacters} from 'node:util';
import type {Connection} from '../attach/client.ts';
import {foldJournal} from '../journal/read-journal.ts';
import {openSpoolReader} from '../journal/spool/spool-reader.ts';
import {plainLine} from '../report/plain-lines.ts';
import type {Recorded} from '../run/event.ts';
import {EXIT} from '../run/exit-codes.ts';
import {programName} from './command-line/program-name.ts';
import {print, safeJson, say} from './terminal/print.ts';
import {answerHere} from './terminal/terminal-questions.ts';

type Kind = 'plain' | 'json';
/** The exit code that following ends with, once an event has decided it. */
type IsOver = (event: Recorded) => number | undefined;

/**
 * Writes the run's events as they come, from its first one on, until `isOver` or the run is closed.
 * A signal detaches: the run goes on.
 */
export async function followEvents(
  connection: Connection,
  kind: Kind,
  isOver: IsOver = closedCode,
  /** Events up to this sequence number are not shown. */
  after = 0,
): Promise<number> {
  const write = eventWriter(connection, kind, after);
  return await new Promise(resolve => {
    const early: Recorded[] = [];
    let caughtUp = false;
    const take = (events: readonly Recorded[]) => {
      for (const event of events) {
        const code = write(event) ? isOver(event) : undefined;
        if (code !== undefined) resolve(code);
      }
    };
    /** Returns how the run was closed. A rollback opens the run again, and then that end does not count any more. */
    const catchUp = async (): Promise<Closed | undefined> => {
      let closed: Closed | undefined;
      await foldJournal(connection.runDirectory, event => {
        const code = write(event) ? isOver(event) : undefined;
        if (code !== undefined && isOver !== closedCode) resolve(code);
        if (event.type === 'run-closed') closed = event;
        else if (event.type === 'phase-changed') closed = undefined;
      });
      return closed;
    };
    answerHere(connection);
    connection.onEvents(events => (caughtUp ? take(events) : early.push(...events)));
    connection.trouble.subscribe(({text}) => say(`tminus: ${troubleText(text)}\n`));
    connection.onLost(detail => {
      // A short run may be over before its first events came by the socket: what it was is in the journal.
      void catchUp().then(closed => {
        const isEnd = closed !== undefined && (closed.seq > after || isOver === closedCode);
        resolve(isEnd ? closed.exitCode : codeOfLost(connection, detail));
      });
    });
    onceSignalled(connection, resolve);
    void catchUp().then(closed => {
      if (closed !== undefined && isOver === closedCode) resolve(closed.exitCode);
      take(early);
      caughtUp = true;
    });
  });
}

type Closed = Extract<Recorded, {type: 'run-closed'}>;

/** Shows each event once; false for one that was shown before. */
function eventWriter(connection: Connection, kind: Kind, after: number): (event: Recorded) => boolean {
  const {plan, store} = connection;
  const startedAt = store.getState().run.openedAt;
  const showWalked = walkedWriter(connection);
  const lastSaid = new Map<string, string>();
  let written = after;
  /** Readiness and latency are looked at again and again; a person reads only what is new. */
  const isRepeated = ({type}: Recorded, line: string): boolean => {
    if (kind === 'json' || (type !== 'readiness-changed' && type !== 'link-restored')) return false;
    const said = line.replace(/^T\S+ /, '');
    if (lastSaid.get(type) === said) return true;
    lastSaid.set(type, said);
    return false;
  };
  return event => {
    if (event.seq <= written) return false;
    written = event.seq;
    const line = kind === 'json' ? safeJson(event) : plainLine(plan, event, startedAt, store.getState().run.box);
    if (line !== undefined && !isRepeated(event, line)) print(`${line}\n`);
    if (kind === 'plain' && event.type === 'step-finished' && store.getState().run.dryRun) showWalked(event);
    return true;
  };
}

/** A dry run's point is what would have run where: the adapter has written it where a step's output goes. */
function walkedWriter({runDirectory}: Connection): (finished: Extract<Recorded, {type: 'step-finished'}>) => void {
  const reader = openSpoolReader(runDirectory);
  let shown = 0;
  return ({outputTo = 0}) => {
    reader.refresh();
    for (const text of reader.read('output', shown, outputTo - shown))
      print(`             ${stripVTControlCharacters(text)}\n`);
    shown = Math.max(shown, outputTo);
  };
}

function codeOfLost({store, elsewhere}: Connection, detail: string): number {
  const {lease, run} = store.getState();
  if (elsewhere !== undefined) {
    say(`tminus: run ${run.id}: ${detail}\n`);
    return EXIT.unknown;
  }
  if (lease?.takenOver === true && 'because' in lease) {
    say(`tminus: ${lease.because}; \`${programName()} attach ${run.id}\` shows it\n`);
    return EXIT.detached;
  }
  const again = `${programName()} resume ${run.id}`;
  say(`tminus: the engine is gone: ${detail}; \`${again}\` takes the run up again\n`);
  return EXIT.unknown;
}

function onceSignalled({store}: Connection, leave: (code: number) => void): void {
  for (const [signal, code] of [
    ['SIGINT', EXIT.interrupted],
    ['SIGTERM', EXIT.terminated],
  ] as const) {
    process.once(signal, () => {
      const {run} = store.getState();
      say(`tminus: detached, the run goes on: ${programName()} attach ${run.id}\n`);
      leave(code);
    });
  }
}

function troubleText(text: string | null): string {
  return text === null
    ? 'the journal can be written again'
    : `NOT RECORDED: ${text}; nothing new starts until it can be`;
}

function closedCode(event: Recorded): number | undefined {
  return event.type === 'run-closed' ? event.exitCode : undefined;
}
