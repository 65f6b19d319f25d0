import {stripVTControlCharacters} from 'node:util';
import type {Connection} from '../attach/client.ts';
import {foldJournal} from '../journal/recover.ts';
import {openSpoolReader} from '../journal/spool/reader.ts';
import {plainLine} from '../report/plain-lines.ts';
import type {Recorded} from '../run/event.ts';
import {EXIT} from './exit-codes.ts';
import {programName} from './terminal/program-name.ts';
import {answerHere} from './terminal/terminal-questions.ts';

/**
 * Writes the run's events as they come, from its first one on, until `isOver` or the run is closed.
 * A signal detaches: the run goes on.
 */
export async function followEvents(
  connection: Connection,
  kind: 'plain' | 'json',
  isOver: (event: Recorded) => number | undefined = closedCode,
  /** Events up to this sequence number are not shown. */
  after = 0,
): Promise<number> {
  const {plan, store, runDirectory} = connection;
  const startedAt = store.getState().run.openedAt;
  let written = after;
  const write = (event: Recorded): number | undefined => {
    if (event.seq <= written) return undefined;
    written = event.seq;
    const line = kind === 'json' ? JSON.stringify(event) : plainLine(plan, event, startedAt);
    if (line !== undefined && !isRepeated(event, line)) process.stdout.write(`${line}\n`);
    if (kind === 'plain' && event.type === 'step-finished' && store.getState().run.dryRun) showWalked(event);
    return isOver(event);
  };
  /** A dry run's point is what would have run where: the adapter has written it where a step's output goes. */
  const reader = openSpoolReader(runDirectory);
  let shown = 0;
  function showWalked({outputTo = 0}: Extract<Recorded, {type: 'step-finished'}>): void {
    reader.refresh();
    for (const text of reader.read('output', shown, outputTo - shown))
      process.stdout.write(`             ${stripVTControlCharacters(text)}\n`);
    shown = Math.max(shown, outputTo);
  }
  const lastSaid = new Map<string, string>();
  /** Readiness and latency are looked at again and again; a person reads only what is new. */
  function isRepeated({type}: Recorded, line: string): boolean {
    if (kind === 'json' || (type !== 'readiness-changed' && type !== 'link-restored')) return false;
    const said = line.replace(/^T\S+ /, '');
    if (lastSaid.get(type) === said) return true;
    lastSaid.set(type, said);
    return false;
  }
  return await new Promise(resolve => {
    const early: Recorded[] = [];
    let caughtUp = false;
    const take = (events: readonly Recorded[]) => {
      for (const event of events) {
        const code = write(event);
        if (code !== undefined) resolve(code);
      }
    };
    /** Returns how the run was closed: a rollback opens it again, and then that end is none any more. */
    const catchUp = async () => {
      let closed: Extract<Recorded, {type: 'run-closed'}> | undefined;
      await foldJournal(runDirectory, event => {
        const code = write(event);
        if (code !== undefined && isOver !== closedCode) resolve(code);
        if (event.type === 'run-closed') closed = event;
        else if (event.type === 'phase-changed') closed = undefined;
      });
      return closed;
    };
    answerHere(connection);
    connection.onEvents(events => (caughtUp ? take(events) : early.push(...events)));
    connection.trouble.subscribe(({text}) => process.stderr.write(`tminus: ${troubleText(text)}\n`));
    connection.onLost(detail => {
      // A short run may be over before its first events came this way: what it was is in the journal.
      void catchUp().then(closed => {
        if (closed !== undefined && (closed.seq > after || isOver === closedCode)) return resolve(closed.exitCode);
        const {run} = store.getState();
        process.stderr.write(
          `tminus: the engine is gone: ${detail}; \`${programName()} resume ${run.id}\` takes the run up again\n`,
        );
        resolve(EXIT.unknown);
      });
    });
    for (const [signal, code] of [
      ['SIGINT', EXIT.interrupted],
      ['SIGTERM', EXIT.terminated],
    ] as const) {
      process.once(signal, () => {
        const {run} = store.getState();
        process.stderr.write(`tminus: detached, the run goes on: ${programName()} attach ${run.id}\n`);
        resolve(code);
      });
    }
    void catchUp().then(closed => {
      if (closed !== undefined && isOver === closedCode) resolve(closed.exitCode);
      take(early);
      caughtUp = true;
    });
  });
}

function troubleText(text: string | null): string {
  return text === null
    ? 'the journal can be written again'
    : `NOT RECORDED: ${text}; nothing new starts until it can be`;
}

function closedCode(event: Recorded): number | undefined {
  return event.type === 'run-closed' ? event.exitCode : undefined;
}
