/** A run of the team's ledger in a directory here, as an engine's journal stands in its own: whatever reads one reads this. */
import {appendFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {openHead} from '../../journal/journal-head.ts';
import {decodeLine, recordedEvents, START} from '../../journal/journal-line.ts';
import {JOURNAL_FILE} from '../../journal/read-journal.ts';
import type {Ledger} from '../../ledger/connection.ts';
import {linesBehind, type RunThere} from '../../ledger/follow-journal.ts';
import type {Recorded} from '../../run/event.ts';

const FILES: ReadonlySet<string> = new Set(['checklist.md', 'bindings.yaml', 'review.yaml', 'options.json']);
const PRIVATE_FILE = 0o600;

export type Copy = {
  /** The last event that it holds. */
  seq(): number;
  /** Whole lines behind the last one; those from the first that does not hold on are left out, with what is wrong. */
  add(lines: readonly string[]): {events: readonly Recorded[]; problem?: string};
};

/** As an engine's journal stands in its directory, so that whatever reads one can read this. */
export function copyJournal(directory: string): Copy {
  const head = openHead(directory, PRIVATE_FILE);
  let position = START;
  return {
    seq: () => position.seq,
    add(lines) {
      const events: Recorded[] = [];
      for (const line of lines) {
        const decoded = decodeLine(position, Buffer.from(line));
        if ('problem' in decoded) return {events, problem: decoded.problem};
        appendFileSync(join(directory, JOURNAL_FILE), `${line}\n`, {mode: PRIVATE_FILE});
        position = decoded.position;
        head.note(position);
        events.push(...recordedEvents(decoded.decision));
      }
      return {events};
    },
  };
}

/** What the run was opened with. */
export function writeFiles(directory: string, {files}: RunThere): void {
  for (const {name, content} of files)
    if (FILES.has(name)) writeFileSync(join(directory, name), content, {mode: PRIVATE_FILE});
}

/** The lines behind those that are there. Returns what keeps the copy from being used. Rejects with a `LedgerError`. */
export async function fetchLines(ledger: Ledger, id: string, copy: Copy): Promise<string | undefined> {
  for (;;) {
    const {lines} = await linesBehind(ledger, id, copy.seq());
    if (lines.length === 0) break;
    const {problem} = copy.add(lines);
    if (problem !== undefined) return problem;
  }
  return copy.seq() === 0 ? 'nothing of its journal has come yet' : undefined;
}
