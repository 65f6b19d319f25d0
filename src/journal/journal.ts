/** The append-only file that is the truth about a run: how it is written. */
import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Event, Recorded} from '../run/event.ts';
import {JournalError, journalErrorFrom} from './journal-error.ts';
import {type JournalHead, openHead} from './journal-head.ts';
import {type Decision, encodeLine, type Position, recordedEvents, START} from './journal-line.ts';
import {foldJournal, JOURNAL_FILE} from './read-journal.ts';

/**
 * Nothing is shown or done before its line is on disk, with one exception that its caller must ask for (`goOn`): what
 * goes on although the disk refuses is kept in memory, in order, and stands before everything that is written later.
 */
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
  return new JournalFile({file, head}, START, 0);
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
    return new JournalFile({file, head}, after, bytes);
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
/** How much may wait for the disk; a rollback of a hundred steps needs a small part of it. */
const BEHIND_BYTES_MAX = 4 * 1024 * 1024;
const CATCH_UP_EVERY_MS = 1000;

type Files = {file: FileHandle; head: JournalHead};

class JournalFile implements Journal {
  readonly #file: FileHandle;
  readonly #head: JournalHead;
  #position: Position;
  /** Length of the part of the file that is acknowledged. */
  #bytes: number;
  /** Lines that were acknowledged and are not on disk. */
  #behind = Buffer.alloc(0);
  #trouble: string | undefined;
  /** The file may hold something beyond `#bytes` that nobody was promised. */
  #ragged = false;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #closed = false;

  constructor({file, head}: Files, start: Position, startBytes: number) {
    this.#file = file;
    this.#head = head;
    this.#position = start;
    this.#bytes = startBytes;
  }

  append(
    events: readonly Event[],
    {at, by, goOn = false}: {at: number; by: string; goOn?: boolean},
  ): Promise<readonly Recorded[]> {
    if (this.#closed) return Promise.reject(new JournalError('closed', 'the journal is closed'));
    if (events.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#waiting.push({events, at, by, goOn, resolve, reject});
      // Begun after the current turn, so that everything decided in one turn shares one sync.
      this.#writing ??= Promise.resolve().then(() => this.#commitAll());
    });
  }

  trouble(): string | undefined {
    return this.#trouble;
  }

  async caughtUp(): Promise<void> {
    while (this.#behind.length > 0) {
      this.#writing ??= Promise.resolve().then(() => this.#writeBehind());
      await this.#writing;
      if (this.#behind.length > 0) await sleep(CATCH_UP_EVERY_MS);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writing;
    // The last chance of what is still not on disk.
    if (this.#behind.length > 0) await this.#commit([]);
    this.#head.close();
    await this.#file.close();
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#commit(batch);
    }
    this.#writing = undefined;
  }

  async #writeBehind(): Promise<void> {
    await this.#commit([]);
    await this.#commitAll();
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const {text, decisions, end} = encodeBatch(this.#position, batch);
    const content = Buffer.concat([this.#behind, Buffer.from(text)]);
    const reason = await this.#write(content);
    this.#trouble = reason?.message;
    if (reason !== undefined) return this.#goOnWithout(batch, reason);
    this.#behind = Buffer.alloc(0);
    this.#position = end;
    this.#bytes += content.length;
    this.#head.note(this.#position);
    for (const [index, {resolve}] of batch.entries()) resolve(recordedEvents(decisions[index] as Decision));
  }

  /** Puts it behind what is acknowledged, on disk; or returns why it is not, and then the file holds no part of it. */
  async #write(content: Buffer): Promise<JournalError | undefined> {
    try {
      if (this.#ragged) await this.#file.truncate(this.#bytes);
      this.#ragged = true;
      await writeFully(this.#file, content, this.#bytes);
      await this.#file.datasync();
      this.#ragged = false;
      return undefined;
    } catch (error) {
      // If even this fails, the next append tries it again before it writes.
      this.#ragged = await this.#file.truncate(this.#bytes).then(
        () => false,
        () => true,
      );
      return journalErrorFrom(error);
    }
  }

  /** Keeps what may not wait for the disk; refuses the rest. */
  #goOnWithout(batch: readonly Waiting[], reason: JournalError): void {
    const urgent = batch.filter(({goOn}) => goOn);
    const {text, decisions, end} = encodeBatch(this.#position, urgent);
    const kept = Buffer.concat([this.#behind, Buffer.from(text)]);
    const fits = kept.length <= BEHIND_BYTES_MAX;
    if (fits) {
      this.#behind = kept;
      this.#position = end;
      for (const [index, {resolve}] of urgent.entries()) resolve(recordedEvents(decisions[index] as Decision));
    }
    for (const {goOn, reject} of batch) if (!goOn || !fits) reject(reason);
  }
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
