import type {Proof} from '../run/request.ts';
import {LinkError} from './link-error.ts';
import type {Shell} from './shell.ts';
import {quote} from './shell-quote.ts';
import {directoryWord} from './short-command.ts';

const PROVE_TIMEOUT_MS = 10_000;
const BEGUN = 'begun';

/**
 * Runs all proofs at once in one round trip. What has not answered in time is not proved.
 * Throws `LinkError` when the place cannot be reached.
 */
export async function proveAll(
  shell: Shell,
  home: string | undefined,
  proofs: readonly Proof[],
): Promise<Readonly<Record<string, boolean>>> {
  let printed = '';
  const tests = proofs.map(
    (proof, index) => `( ${enterText(home, proof)}eval ${quote(proof.sh)} ) >/dev/null 2>&1 && echo ${index} &`,
  );
  const text = `{ echo ${BEGUN}\n${tests.join('\n')}\nwait\n} </dev/null`;
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
  const lines = new Set(printed.split('\n'));
  const unheard = ending === undefined ? !lines.has(BEGUN) : ending.kind === 'dropped';
  if (unheard) throw new LinkError('unreachable', `${shell.name} does not answer`);
  return Object.fromEntries(proofs.map((proof, index) => [proof.id, lines.has(String(index))]));
}

function enterText(home: string | undefined, {directory}: Proof): string {
  const isAbsolute = directory !== undefined && /^[/~]/.test(directory);
  const steps = [isAbsolute ? undefined : home, directory].filter(step => step !== undefined);
  return steps.map(step => `cd ${directoryWord(step)} && `).join('');
}
