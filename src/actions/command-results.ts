/** What each command of a job came to, for the outcome of its step. */
import type {CommandResult} from '../run/outcome.ts';
import {compact} from '../text/compact.ts';
import type {JobScript} from './jobs/job-script.ts';
import {durationOf, type JobRecord} from './jobs/record.ts';

export function resultsOf(record: JobRecord, script: JobScript): readonly CommandResult[] {
  return [...record.commands].flatMap(([index, seen]): CommandResult[] => {
    const known = script.commands[index];
    if (known === undefined) return [];
    const {command, arm} = known;
    const {line, text, shown = text} = command;
    const {code} = seen;
    const signal = code === undefined ? undefined : signalOf(code);
    return [compact({line, text: shown, durationMs: durationOf(seen), code, signal, arm})];
  });
}

/**
 * A shell reports a command that a signal ended as 128 + its number. Only numbers that programs do not use as exit codes
 * of their own are taken for it (git exits 129 when it is called wrongly).
 */
const SIGNALS: Readonly<Record<number, string>> = {
  130: 'INT',
  132: 'ILL',
  134: 'ABRT',
  136: 'FPE',
  137: 'KILL',
  139: 'SEGV',
  141: 'PIPE',
  143: 'TERM',
};

export function signalOf(code: number): string | undefined {
  return SIGNALS[code];
}
