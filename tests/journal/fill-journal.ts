/** A program of its own, because the limit it runs into is that of its process: fills a journal, makes room, goes on. */
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createJournal} from '../../src/journal/journal.ts';
import {JournalError} from '../../src/journal/journal-error.ts';

const [directory = '', lift] = process.argv.slice(2);
const file = join(directory, 'journal.ndjson');
const journal = await createJournal(directory);
const acknowledged: number[] = [];
const meta = {at: 1, by: 'ana'};

async function fill(): Promise<string> {
  for (let count = 0; count < 1000; count += 1) {
    const before = readFileSync(file);
    try {
      const events = await journal.append([{type: 'note-added', text: 'x'.repeat(700)}], meta);
      acknowledged.push(...events.map(event => event.seq));
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      if (!readFileSync(file).equals(before)) throw new Error('the refused append left something behind');
      return error.kind;
    }
  }
  throw new Error('the disk never filled up');
}

const refusal = await fill();
if ((await fill()) !== refusal) throw new Error('refused for another reason the second time');
if (lift === 'prlimit') execFileSync('prlimit', ['--pid', `${process.pid}`, '--fsize=unlimited']);
else execFileSync('mount', ['-o', 'remount,size=64k', directory]);
const events = await journal.append([{type: 'note-added', text: 'room again'}], meta);
acknowledged.push(...events.map(event => event.seq));
await journal.close();
process.stdout.write(JSON.stringify({refusal, acknowledged}));
