/** Short texts for a shell, run to their end: one command, or many proofs at once. */
import {setTimeout as pause} from 'node:timers/promises';
import {quoteForShell as quote} from '../plan/script.ts';
import type {Look, Proof, Proved} from '../run/request.ts';
import {LinkError, serverWords} from './link-error.ts';
import type {Running, Shell} from './shell.ts';
import {FIRST_DELAY_MS, nextDelay, within} from './waiting.ts';

export type ShortResult = {code: number; output: string; errors: string};

/** How much of each stream is kept; what probes and proofs print is small. */
const OUTPUT_BYTES_MAX = 4 * 1024 * 1024;

/** Runs sh text to its end and returns what it printed. Throws `LinkError` when there is no connection or no end in time. */
export async function runShort(shell: Shell, text: string, timeoutMs: number): Promise<ShortResult> {
  const output = collector();
  const errors = collector();
  const unneeded = new AbortController();
  let running: Running | undefined;
  const run = async () => {
    const listen = {out: output.add, err: errors.add};
    running = await shell.start(`{ ${text}\n} </dev/null`, listen, unneeded.signal);
    running.release();
    return await running.ended;
  };
  const late = () => new LinkError('unreachable', `no answer from ${shell.name} within ${timeoutMs / 1000} s`);
  const ending = await within(run(), timeoutMs, late).catch(error => {
    // A shell that comes too late is not given the text any more: a host that was away for long would run all of them.
    unneeded.abort();
    running?.abandon();
    throw error;
  });
  if (ending.kind === 'dropped') throw new LinkError('unreachable', `${shell.name}: ${ending.detail}`);
  return {code: ending.code, output: output.text(), errors: errors.text()};
}

/** Changes directory when there is one to change to; fails the text when it cannot. */
export function inDirectory(directory: string | undefined, text: string): string {
  return directory === undefined ? text : `cd ${directoryWord(directory)} && {\n${text}\n}`;
}

/** A directory as a shell word: quoted, but `~/` means the login directory. */
export function directoryWord(directory: string): string {
  if (directory === '~') return '"$HOME"';
  if (directory.startsWith('~/')) return `"$HOME"/${quote(directory.slice(2))}`;
  return quote(directory.startsWith('-') ? `./${directory}` : directory);
}

function collector() {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add(chunk: Buffer) {
      if (bytes >= OUTPUT_BYTES_MAX) return;
      chunks.push(chunk);
      bytes += chunk.length;
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

/** A proof or a look that takes longer is not waited for. */
export const PROVE_TIMEOUT_MS = 10_000;
const BEGUN = 'begun';
const UNKEPT = 'unkept ';

/**
 * Runs all proofs at once in one round trip. What has not answered in time is not proved. `canKeep`: prints `unkept WHY`
 * where no job can be kept. Throws `LinkError` when the place cannot be reached, or could run nothing that is proved.
 */
export async function proveAll(
  shell: Shell,
  home: string | undefined,
  proofs: readonly Proof[],
  canKeep = ':',
): Promise<Readonly<Record<string, Proved>>> {
  const texts = [...proofTexts(home, proofs), `(\n${canKeep}\n) 2>/dev/null`];
  const said = await answersTo(shell, texts);
  const lines = new Set(said.lines);
  const unkept = [...lines].find(line => line.startsWith(UNKEPT));
  if (unkept !== undefined) {
    const why = serverWords(unkept.slice(UNKEPT.length));
    throw new LinkError('unreachable', `${shell.name}: no job can be kept there: ${why}`);
  }
  const why = said.isLate ? `no answer from ${shell.name} within ${PROVE_TIMEOUT_MS / 1000} s` : BROKEN_OFF;
  return Object.fromEntries(
    proofs.map(({id}, index): [string, Proved] => {
      if (lines.has(String(index))) return [id, true];
      return [id, lines.has(`${index} ${NOT_PROVED}`) ? false : {unanswered: why}];
    }),
  );
}

/** Each prints its index when it is proved, or else its index and `no`. */
export function proofTexts(home: string | undefined, proofs: readonly Proof[]): readonly string[] {
  return proofs.map(
    (proof, index) =>
      `if ${askText(home, proof)} >/dev/null 2>&1; then echo ${index}; else echo ${index} ${NOT_PROVED}; fi`,
  );
}

export const NOT_PROVED = 'no';

/** Of an answer that lacks what was asked. */
export const BROKEN_OFF = 'its answer broke off';

/** Each prints its index and, behind it, the first line of what it has found; its index alone when it is over. */
export function lookTexts(home: string | undefined, looks: readonly Look[]): readonly string[] {
  return looks.map(
    (look, index) => `{ ${askText(home, look)} 2>/dev/null | head -n 1 | sed 's/^/${index} /'; echo ${index}; }`,
  );
}

/** The first line that each look prints, also all at once; without those that print none. */
export async function readAll(
  shell: Shell,
  home: string | undefined,
  looks: readonly Look[],
): Promise<Readonly<Record<string, string>>> {
  const {lines} = await answersTo(shell, lookTexts(home, looks));
  return Object.fromEntries(
    looks.flatMap(({id}, index) => {
      const line = lines.find(one => one.startsWith(`${index} `));
      return line === undefined ? [] : [[id, line.slice(line.indexOf(' ') + 1)]];
    }),
  );
}

/** What the texts print, line by line; of those that take too long, nothing: then it is late. */
async function answersTo(shell: Shell, texts: readonly string[]): Promise<{lines: readonly string[]; isLate: boolean}> {
  let printed = '';
  const text = `{ echo ${BEGUN}\n${texts.map(one => `${one} &`).join('\n')}\nwait\n} </dev/null`;
  const running = await shell.start(text, {
    out(chunk) {
      printed += chunk.toString('utf8');
    },
    err() {},
  });
  running.release();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, PROVE_TIMEOUT_MS);
  });
  const ending = await Promise.race([running.ended, late]);
  clearTimeout(timer);
  if (ending === undefined) running.abandon();
  const lines = printed.split('\n');
  const unheard = ending === undefined ? !lines.includes(BEGUN) : ending.kind === 'dropped';
  if (unheard) throw new LinkError('unreachable', `${shell.name} does not answer`);
  return {lines, isLate: ending === undefined};
}

function askText(home: string | undefined, asked: Look): string {
  return `( ${enterText(home, asked)}eval ${quote(asked.sh)} )`;
}

function enterText(home: string | undefined, {directory}: Look): string {
  const isAbsolute = directory !== undefined && /^[/~]/.test(directory);
  const steps = [isAbsolute ? undefined : home, directory].filter(step => step !== undefined);
  return steps.map(step => `cd ${directoryWord(step)} && `).join('');
}

export const STOP_TIMEOUT_MS = 15_000;

/** What a text that stops a job ends with when there was nothing to stop yet. */
const NOT_THERE_YET = 3;

/** All are asked at each attempt. `text`: none while it is not known yet what to stop. */
type Stopping = {shell(): Shell; text(): string | undefined; isOver(): boolean};

/** Has a text that stops a job run on its host, however long that takes to be reached. */
export async function stopOnHost({shell, text, isOver}: Stopping): Promise<void> {
  for (let delayMs = FIRST_DELAY_MS; !isOver(); delayMs = nextDelay(delayMs)) {
    const now = text();
    const reached = now === undefined ? undefined : runShort(shell(), now, STOP_TIMEOUT_MS);
    const stopped = await reached?.catch(() => undefined);
    if (stopped !== undefined && stopped.code !== NOT_THERE_YET) return;
    await pause(delayMs);
  }
}
