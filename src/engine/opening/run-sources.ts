/** What a run was opened with, read from its directory. */
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createRedactor} from '../../journal/secrets/redact.ts';
import {secretsIn} from '../../journal/secrets/secrets.ts';
import {parseBindings} from '../../plan/parse-plan.ts';
import type {Bindings} from '../../plan/plan.ts';
import {REDACTED} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import {type Loaded, loadPlan, readIfThere} from './load-plan.ts';
import {type EngineOptions, writeOptions} from './options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * No secret stays in the directory: where the bindings or the command line hold one themselves, the copy has a mark in its
 * place, and an engine that goes on needs the original once more. `wanting`: which secrets are needed and not here, in
 * words; with them missing a run can be read, not run.
 */
export type RunSources = Loaded & {checklist: Uint8Array; bindingsText?: string; wanting?: string};

/** Stands for a secret, and is plain text in YAML wherever the secret was. */
const MARK = 'secret-not-kept';
const CHECKLIST = 'checklist.md';
const BINDINGS = 'bindings.yaml';
/** What had been confirmed when the run was opened, and what was confirmed in it. */
export const REVIEW = 'review.yaml';

/** `values`: those of the command line that are secret, given again. */
export function readSources(
  runDirectory: string,
  options: EngineOptions,
  env: Environment,
  values: Readonly<Record<string, string>> = {},
): RunSources {
  const checklist = readFileSync(join(runDirectory, CHECKLIST));
  const copy = readIfThere(join(runDirectory, BINDINGS));
  const found = copy === undefined ? undefined : withSecrets(copy, options.bindings, env);
  const file = options.bindings ?? BINDINGS;
  const review = readIfThere(join(runDirectory, REVIEW));
  const loaded = loadPlan(
    compact({
      checklist,
      bindings: found === undefined ? undefined : {text: found.text, file},
      review: review === undefined ? undefined : {text: review, file: options.review ?? REVIEW},
      procedure: options.procedure,
      values: {...options.values, ...values},
      env,
    }),
  );
  const missing = (options.secretValues ?? []).filter(name => values[name] === undefined);
  const wanting =
    found?.wanting ??
    (missing.length === 0
      ? undefined
      : `the secret value${missing.length === 1 ? '' : 's'} of ${missing.join(', ')} were not kept: give ${missing.map(name => `--value ${name}=…`).join(' ')} again`);
  return {
    ...loaded,
    checklist,
    ...compact({bindingsText: copy, wanting}),
  };
}

/** The bindings file as it is kept: what the run's journal is about. */
export function keptBindings(runDirectory: string): Pick<RunSources, 'bindingsText'> {
  const bindingsText = readIfThere(join(runDirectory, BINDINGS));
  return bindingsText === undefined ? {} : {bindingsText};
}

/** Before anything else of a new run: puts marks where its directory holds secrets. */
export function hideSecrets(runDirectory: string, options: EngineOptions, {bindings, env}: Known): EngineOptions {
  const redactor = createRedactor(secretsIn(bindings, {}));
  const path = join(runDirectory, BINDINGS);
  const text = readIfThere(path);
  if (text !== undefined) {
    const clean = bindingsAsKept(text, options.bindings ?? BINDINGS, env);
    if (clean !== text) replace(path, clean);
  }
  const secret = Object.entries(options.values).filter(([, value]) => redactor.text(value) !== value);
  if (secret.length === 0) return options;
  const secretValues = secret.map(([name]) => name);
  const values = Object.fromEntries(Object.entries(options.values).filter(([name]) => !secretValues.includes(name)));
  const kept = {...options, values, secretValues};
  writeOptions(runDirectory, kept);
  return kept;
}

/** `bindings`: with what the command line says, too. */
type Known = {bindings: Bindings; env: Environment};

/** A bindings file as a run's directory keeps it. */
export function bindingsAsKept(text: string, file: string, env: Environment): string {
  const {bindings} = parseBindings(text, {file, env});
  const clean = createRedactor(secretsIn(bindings, {})).text(text);
  return clean === text ? text : clean.replaceAll(REDACTED, MARK);
}

function withSecrets(copy: string, file: string | undefined, env: Environment): {text: string; wanting?: string} {
  if (!copy.includes(MARK)) return {text: copy};
  const original = file === undefined ? undefined : readIfThere(file);
  if (file !== undefined && original !== undefined && bindingsAsKept(original, file, env) === copy)
    return {text: original};
  const why = original === undefined ? 'is not there any more' : 'has changed';
  return {text: copy, wanting: `the secrets of the bindings are kept nowhere but in ${file}, which ${why}`};
}

function replace(path: string, text: string): void {
  const draft = `${path}.draft`;
  writeFileSync(draft, text, {mode: 0o600, flag: 'wx'});
  renameSync(draft, path);
}
