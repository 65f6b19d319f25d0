/**
 * The append-only file that is the truth about a run. Nothing is shown or done before its line is on disk, with one
 * exception that its caller must ask for: what goes on although the disk refuses is kept here, in order, and stands
 * before everything that is written later.
 */
import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Event, Recorded} from '../run/event.ts';
import {type Decision, encodeLine, type Position, recordedEvents, START} from './codec.ts';
import {JournalError, journalErrorFrom} from './journal-error.ts';
import {type JournalHead, openHead} from './journal-head.ts';
import {foldJournal, JOURNAL_FILE} from './recover.ts';

export type Journal = {
  /**
   * Writes one decision as one line; resolves once it is on disk, rejects with a `JournalError` when it is not,
   * and then the file holds no part of it. Calls are taken in order; those that wait share one sync.
   * `goOn`: resolves even when it cannot be written now; a crash before it can be loses it.
   */
  append(events: readonly Event[], meta: {at: number; by: string; goOn?: boolean}): Promise<readonly Recorded[]>;
  /** Why the last attempt to write failed; nothing since one has succeeded. */
  trouble(): string | undefined;
  /** Resolves once all that was acknowledged is on disk, however long the disk takes to be well again. */
  caughtUp(): Promise<void>;
  /** Ends what was begun; later appends are refused. */
  close(): Promise<void>;
};

/** Starts the journal of a new run. Rejects when there is one already. */
export async function createJournal(runDirectory: string, fileMode = 0o600): Promise<Journal> {
  const path = join(runDirectory, JOURNAL_FILE);
  const {O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR} = constants;
  const file = await open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600).catch(failed);
  await file.chmod(fileMode).catch(failed);
  const head = openHead(runDirectory, fileMode);
  await syncDirectory(runDirectory).catch(failed);
  return journalOn({file, head}, START, 0);
}

/**
 * Goes on after the event that recovery ended at. A torn last line is cut off; whole lines that did not hold are
 * moved to a file beside the journal, named by the event they would have begun with: nothing is thrown away.
 */
export async function reopenJournal(runDirectory: string, after: Position): Promise<Journal> {
  const path = join(runDirectory, JOURNAL_FILE);
  const file = await open(path, constants.O_RDWR | constants.O_NOFOLLOW).catch(failed);
  try {
    const {last, bytes, problem} = await foldJournal(runDirectory, () => {});
    const {size} = await file.stat();
    if (last.seq !== after.seq || last.sum !== after.sum) {
      throw new JournalError(
        'changed',
        `the journal ends at event ${last.seq}, not at event ${after.seq} as it did when read`,
      );
    }
    if (problem !== undefined && bytes < size) {
      const rest = Buffer.alloc(size - bytes);
      await file.read(rest, 0, rest.length, bytes);
      await setAside(`${path}.broken-at-${after.seq + 1}`, rest);
    }
    if (bytes < size) await file.truncate(bytes);
    await file.datasync();
    const head = openHead(runDirectory, PRIVATE_FILE);
    head.note(after);
    await syncDirectory(runDirectory);
    return journalOn({file, head}, after, bytes);
  } catch (error) {
    await file.close();
    return failed(error);
  }
}

type Waiting = {
  events: readonly Event[];
  at: number;
  by: string;
  goOn: boolean;
  resolve(recorded: readonly Recorded[]): void;
  reject(error: JournalError): void;
};

const PRIVATE_FILE = 0o600;
/** Of what may wait for the disk; a rollback of a hundred steps needs a small part of it. */
const BEHIND_BYTES_MAX = 4 * 1024 * 1024;
const CATCH_UP_EVERY_MS = 1000;

type Files = {file: FileHandle; head: JournalHead};

function journalOn({file, head}: Files, start: Position, startBytes: number): Journal {
  let position = start;
  let bytes = startBytes;
  /** Lines that were acknowledged and are not on disk. */
  let behind = Buffer.alloc(0);
  let trouble: string | undefined;
  // Set while the file may hold something beyond `bytes` that nobody was promised.
  let ragged = false;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let closed = false;

  async function commitAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await commit(batch);
    }
    writing = undefined;
  }

  async function writeBehind(): Promise<void> {
    await commit([]);
    await commitAll();
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    const {text, decisions, end} = encodeBatch(position, batch);
    const content = Buffer.concat([behind, Buffer.from(text)]);
    try {
      if (ragged) await file.truncate(bytes);
      ragged = true;
      await writeFully(file, content, bytes);
      await file.datasync();
      ragged = false;
    } catch (error) {
      const reason = journalErrorFrom(error);
      // If even this fails, the next append tries it again before it writes.
      ragged = await file.truncate(bytes).then(
        () => false,
        () => true,
      );
      trouble = reason.message;
      goOnWithout(batch, reason);
      return;
    }
    trouble = undefined;
    behind = Buffer.alloc(0);
    position = end;
    bytes += content.length;
    head.note(position);
    for (const [index, {resolve}] of batch.entries()) resolve(recordedEvents(decisions[index] as Decision));
  }

  function goOnWithout(batch: readonly Waiting[], reason: JournalError): void {
    const urgent = batch.filter(({goOn}) => goOn);
    const {text, decisions, end} = encodeBatch(position, urgent);
    const kept = Buffer.concat([behind, Buffer.from(text)]);
    const fits = kept.length <= BEHIND_BYTES_MAX;
    if (fits) {
      behind = kept;
      position = end;
      for (const [index, {resolve}] of urgent.entries()) resolve(recordedEvents(decisions[index] as Decision));
    }
    for (const {goOn, reject} of batch) if (!goOn || !fits) reject(reason);
  }

  return {
    append(events, {at, by, goOn = false}) {
      if (closed) return Promise.reject(new JournalError('closed', 'the journal is closed'));
      if (events.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        waiting.push({events, at, by, goOn, resolve, reject});
        // Begun after the current turn, so that everything decided in one turn shares one sync.
        writing ??= Promise.resolve().then(commitAll);
      });
    },
    trouble: () => trouble,
    async caughtUp() {
      while (behind.length > 0) {
        writing ??= Promise.resolve().then(writeBehind);
        await writing;
        if (behind.length > 0) await sleep(CATCH_UP_EVERY_MS);
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await writing;
      // The last chance of what is still not on disk.
      if (behind.length > 0) await commit([]);
      head.close();
      await file.close();
    },
  };
}

function encodeBatch(after: Position, batch: readonly Waiting[]): {text: string; decisions: Decision[]; end: Position} {
  const decisions: Decision[] = [];
  let text = '';
  let end = after;
  for (const {events, at, by} of batch) {
    const decision = {seq: end.seq + 1, at, by, events};
    const {line, position} = encodeLine(end, decision);
    decisions.push(decision);
    text += `${line}\n`;
    end = position;
  }
  return {text, decisions, end};
}

async function writeFully(file: FileHandle, content: Buffer, position: number): Promise<void> {
  let written = 0;
  // A nearly full disk takes a part and refuses the rest only when asked again.
  while (written < content.length) {
    const {bytesWritten} = await file.write(content, written, content.length - written, position + written);
    written += bytesWritten;
  }
}

async function setAside(path: string, content: Buffer): Promise<void> {
  const {O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY} = constants;
  await using file = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  await writeFully(file, content, 0);
  await file.datasync();
}

async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, constants.O_RDONLY);
  await directory.sync();
}

function failed(error: unknown): never {
  throw error instanceof JournalError ? error : journalErrorFrom(error);
}
