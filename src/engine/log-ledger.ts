/** How far each followed log has been taken in, and where the deploy began in it: for the engine after this one. */
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {FilePlace} from '../actions/world.ts';

export type LogNotes = {
  /** `lines`: of the source's spool, at that place. */
  places: Readonly<Record<string, FilePlace & {lines: number}>>;
  marks: Readonly<Record<string, number>>;
};

export type LogLedger = {read(): LogNotes; write(notes: LogNotes): void};

const FILE = 'logs.json';

/** Never fails: without it a log is read again from its last lines. */
export function openLogLedger(runDirectory: string): LogLedger {
  const path = join(runDirectory, FILE);
  let written = '';
  return {
    read() {
      try {
        const {places, marks} = JSON.parse(readFileSync(path, 'utf8')) as LogNotes;
        return {places: {...places}, marks: {...marks}};
      } catch {
        return {places: {}, marks: {}};
      }
    },
    write(notes) {
      const text = JSON.stringify(notes);
      if (text === written) return;
      try {
        writeFileSync(`${path}.draft`, text, {mode: 0o600});
        renameSync(`${path}.draft`, path);
        written = text;
      } catch {
        // The next second brings the next chance.
      }
    },
  };
}
