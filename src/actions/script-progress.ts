/** What a script has come to so far: for its next part, and for the outcome of its step. */
import type {Answer, CommandResult, OutcomeHere} from '../run/outcome.ts';
import type {ScriptRequest} from '../run/request.ts';
import {compact} from '../text/compact.ts';
import {doubtsOfEnd, unseenOf} from './jobs/job-end.ts';
import {durationOf, type JobRecord} from './jobs/job-record.ts';
import type {JobScript} from './jobs/job-script.ts';
import type {JobEnd} from './jobs/remote-job.ts';
import {tailBuffer} from './jobs/tail-buffer.ts';

const OUTPUT_KEPT_BYTES = 64 * 1024;

/** What has come of the parts so far, and what the next one starts from. */
export type Progress = {
  startedAt: number;
  commands: CommandResult[];
  answers: Answer[];
  output: ReturnType<typeof tailBuffer>;
  directory: string | undefined;
  /** Changed by the script. */
  exports: Record<string, string>;
  unset: Set<string>;
  doubts: string[];
  unseen: string[];
  /** By expression. */
  captured: Record<string, string>;
  captures: Record<string, string>;
};

export function startOf({directory}: ScriptRequest): Progress {
  return {
    startedAt: performance.now(),
    commands: [],
    answers: [],
    output: tailBuffer(OUTPUT_KEPT_BYTES),
    directory,
    exports: {},
    unset: new Set(),
    doubts: [],
    unseen: [],
    captured: {},
    captures: {},
  };
}

export function exportsFor(request: ScriptRequest, {exports, unset}: Progress): Readonly<Record<string, string>> {
  const before = Object.entries(request.exports).filter(([name]) => !unset.has(name));
  return {...Object.fromEntries(before), ...exports};
}

export function takeIn({record, script, bytesMissing}: JobEnd, progress: Progress): void {
  progress.commands.push(...resultsOf(record, script));
  progress.doubts.push(...doubtsOfEnd(record, script, bytesMissing));
  progress.unseen.push(...unseenOf(record, script));
  progress.directory = record.directory ?? progress.directory;
  Object.assign(progress.exports, record.exports);
  for (const name of Object.keys(record.exports)) progress.unset.delete(name);
  for (const name of record.unset) {
    delete progress.exports[name];
    progress.unset.add(name);
  }
  for (const [index, value] of record.captures) {
    const expression = script.expressions[index];
    if (expression === undefined) continue;
    progress.captured[expression] = value;
    for (const {command} of script.commands) {
      for (const capture of command.captures)
        if (capture.expression === expression) progress.captures[capture.name] = value;
    }
  }
}

export function exited(code: number, progress: Progress): OutcomeHere & {kind: 'exited'} {
  const {commands, answers, output, directory, exports, unset, doubts, unseen, captures} = progress;
  return compact({
    kind: 'exited',
    code,
    durationMs: 0,
    commands,
    output: output.text(),
    directory,
    exports: Object.keys(exports).length === 0 ? undefined : exports,
    unset: unset.size === 0 ? undefined : [...unset],
    doubts: doubts.length === 0 ? undefined : doubts,
    unseen: unseen.length === 0 ? undefined : unseen,
    captures: Object.keys(captures).length === 0 ? undefined : captures,
    answers: answers.length === 0 ? undefined : answers,
  });
}

function resultsOf(record: JobRecord, script: JobScript): readonly CommandResult[] {
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
