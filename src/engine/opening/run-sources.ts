/** What a run was opened with, read from its directory. */
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createRedactor} from '../../journal/secrets/redact.ts';
import {secretsIn} from '../../journal/secrets/secrets.ts';
import type {Bindings} from '../../plan/plan.ts';
import {REDACTED} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import type {Loaded, Sources} from './load-plan.ts';
import {openReader} from './load-reader.ts';
import {type EngineOptions, writeOptions} from './options.ts';
import {type PlanCache, readToKeep, recallPlan} from './plan-cache.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * No secret stays in the directory: where the bindings or the command line hold one themselves, the copy has a mark in its
 * place, and an engine that goes on needs the original once more. `wanting`: which secrets are needed and not here, in
 * words; with them missing a run can be read, not run.
 */
export type RunSources = Loaded & {checklist: Uint8Array; bindingsText?: string; wanting?: string};

/**
 * `isRecalled`: the plan had been kept, so that nothing was read. `keep`: keeps it for the next time, when nobody
 * waits.
 */
type Recalled = {isRecalled: boolean; keep(): void};

/** Stands for a secret, and is plain text in YAML wherever the secret was. */
const MARK = 'secret-not-kept';
const CHECKLIST = 'checklist.md';
const BINDINGS = 'bindings.yaml';
/** What had been confirmed when the run was opened, and what was confirmed in it. */
export const REVIEW = 'review.yaml';

/** `values`: those of the command line that are secret, given again. `cache`: where plans are kept, if anywhere. */
export async function readSources(
  runDirectory: string,
  options: EngineOptions,
  env: Environment,
  {values = {}, cache}: {values?: Readonly<Record<string, string>>; cache?: PlanCache | undefined} = {},
): Promise<RunSources & Recalled> {
  const checklist = readFileSync(join(runDirectory, CHECKLIST));
  const copy = readIfThere(join(runDirectory, BINDINGS));
  const found = copy === undefined ? undefined : await withSecrets(copy, options.bindings, env);
  const file = options.bindings ?? BINDINGS;
  const review = readIfThere(join(runDirectory, REVIEW));
  const sources: Sources = compact({
    checklist,
    bindings: found === undefined ? undefined : {text: found.text, file},
    review: review === undefined ? undefined : {text: review, file: options.review ?? REVIEW},
    procedure: options.procedure,
    values: {...options.values, ...values},
    env,
  });
  const {loaded, ...recalled} = await recallOrRead(sources, cache);
  const missing = (options.secretValues ?? []).filter(name => values[name] === undefined);
  const wanting =
    found?.wanting ??
    (missing.length === 0
      ? undefined
      : `the secret value${missing.length === 1 ? '' : 's'} of ${missing.join(', ')} were not kept: give ${missing.map(name => `--value ${name}=…`).join(' ')} again`);
  return {
    ...loaded,
    checklist,
    ...recalled,
    ...compact({bindingsText: copy, wanting}),
  };
}

async function recallOrRead(sources: Sources, cache: PlanCache | undefined): Promise<{loaded: Loaded} & Recalled> {
  const kept = cache === undefined ? undefined : recallPlan(cache, sources);
  if (kept !== undefined) {
    const bindings = kept.bindings ?? (await openReader()).bindingsOf(sources, kept.reviews);
    return {loaded: {...kept, bindings}, isRecalled: true, keep() {}};
  }
  // Slow to load, and not needed for a document that was read before.
  const {loadPlan} = await openReader();
  return {...readToKeep(cache, sources, loadPlan), isRecalled: false};
}

/** The bindings file as it is kept: what the run's journal is about. */
export function keptBindings(runDirectory: string): Pick<RunSources, 'bindingsText'> {
  const bindingsText = readIfThere(join(runDirectory, BINDINGS));
  return bindingsText === undefined ? {} : {bindingsText};
}

/** Before anything else of a new run: puts marks where its directory holds secrets. Returns whether it held any. */
export async function hideSecrets(
  runDirectory: string,
  options: EngineOptions,
  {bindings, env}: Known,
): Promise<boolean> {
  const redactor = createRedactor(secretsIn(bindings, {}));
  const path = join(runDirectory, BINDINGS);
  const text = readIfThere(path);
  const clean = text === undefined ? undefined : await bindingsAsKept(text, options.bindings ?? BINDINGS, env);
  if (clean !== undefined && clean !== text) replace(path, clean);
  const secret = Object.entries(options.values).filter(([, value]) => redactor.text(value) !== value);
  if (secret.length === 0) return clean !== text;
  const secretValues = secret.map(([name]) => name);
  const values = Object.fromEntries(Object.entries(options.values).filter(([name]) => !secretValues.includes(name)));
  writeOptions(runDirectory, {...options, values, secretValues});
  return true;
}

/** `bindings`: with what the command line says, too. */
type Known = {bindings: Bindings; env: Environment};

/** A bindings file as a run's directory keeps it. */
export async function bindingsAsKept(text: string, file: string, env: Environment): Promise<string> {
  const {readBindings} = await openReader();
  const bindings = readBindings(text, {file, env});
  const clean = createRedactor(secretsIn(bindings, {})).text(text);
  return clean === text ? text : clean.replaceAll(REDACTED, MARK);
}

async function withSecrets(
  copy: string,
  file: string | undefined,
  env: Environment,
): Promise<{text: string; wanting?: string}> {
  if (!copy.includes(MARK)) return {text: copy};
  const original = file === undefined ? undefined : readIfThere(file);
  if (file !== undefined && original !== undefined && (await bindingsAsKept(original, file, env)) === copy)
    return {text: original};
  const why = original === undefined ? 'is not there any more' : 'has changed';
  return {text: copy, wanting: `the secrets of the bindings are kept nowhere but in ${file}, which ${why}`};
}

function replace(path: string, text: string): void {
  const draft = `${path}.draft`;
  writeFileSync(draft, text, {mode: 0o600, flag: 'wx'});
  renameSync(draft, path);
}

export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
