import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {cpuProbe, placeOf, rssProbe, runProbe} from '../../src/probes/host-probe.ts';
import {localWorld, noBindings} from './local-world.ts';

const here = {kind: 'local'} as const;
const plain = (written: string) => written;
const common = {everyMs: 1000, timeoutMs: 10_000, line: 1};

/** A real process whose command line holds a name no other process has. */
async function started(program: string): Promise<{name: string} & Disposable> {
  const directory = mkdtempSync(join(tmpdir(), 'probe-'));
  const name = join(directory, 'service.mjs');
  writeFileSync(name, `${program}\nprocess.stdout.write('up');`);
  const child = spawn(process.execPath, [name], {stdio: ['ignore', 'pipe', 'inherit']});
  await once(child.stdout, 'data');
  return {name, [Symbol.dispose]: () => void child.kill('SIGKILL')};
}

test('rss is what the matching process holds, in MB', async () => {
  using service = await started('globalThis.held = Buffer.alloc(150 * 1024 * 1024, 1); setInterval(() => {}, 1000);');
  const reading = await rssProbe({...common, kind: 'rss', pattern: service.name}, here, localWorld, plain)();
  expect(reading.kind).toBe('value');
  const megabytes = reading.kind === 'value' ? reading.value : 0;
  expect(megabytes).toBeGreaterThan(150);
  expect(megabytes).toBeLessThan(600);
});

test('no such process is an error, though the pattern stands on the command line of the test', async () => {
  const pattern = 'no-such-service-[0-9]+|pid,ppid,rss,args';
  expect(await rssProbe({...common, kind: 'rss', pattern}, here, localWorld, plain)()).toEqual({
    kind: 'error',
    error: `no process matches ${pattern}`,
    reached: true,
  });
});

test('a pattern that is no regular expression is an error in words', async () => {
  const reading = await rssProbe({...common, kind: 'rss', pattern: 'python('}, here, localWorld, plain)();
  expect(reading).toMatchObject({kind: 'error', error: 'python( is not a regular expression'});
});

test('cpu has no first value, then tells a busy process from an idle one', async () => {
  using busy = await started('setInterval(() => { const until = Date.now() + 90; while (Date.now() < until); }, 100);');
  using idle = await started('setInterval(() => {}, 1000);');
  const busyProbe = cpuProbe({...common, kind: 'cpu', pattern: busy.name}, here, localWorld, plain);
  const idleProbe = cpuProbe({...common, kind: 'cpu', pattern: idle.name}, here, localWorld, plain);
  expect(await busyProbe()).toEqual({kind: 'nothing'});
  expect(await idleProbe()).toEqual({kind: 'nothing'});
  await new Promise(resolve => setTimeout(resolve, 1500));
  const [hard, easy] = [await busyProbe(), await idleProbe()];
  if (hard.kind !== 'value' || easy.kind !== 'value') throw new Error('no value');
  expect(hard.value).toBeGreaterThan(easy.value);
  expect(hard.value).toBeLessThanOrEqual(100);
});

test('a command is read as the number on its last line', async () => {
  const run = (command: string) => runProbe({...common, kind: 'run', run: command}, here, localWorld, plain)();
  expect(await run('echo measuring; echo " 12.5 %"')).toEqual({kind: 'value', value: 12.5});
  expect(await run('echo 0')).toEqual({kind: 'value', value: 0});
  expect(await run('echo 3 of 5')).toMatchObject({kind: 'error', error: 'printed "3 of 5", expected a number'});
  expect(await run('true')).toMatchObject({kind: 'error', error: 'printed "", expected a number'});
  expect(await run('echo 7; echo gone >&2; exit 4')).toMatchObject({kind: 'error', error: 'exit 4: gone'});
});

test('a command is bound for a shell', async () => {
  const bind = (written: string, use?: string) => written.replace('<n>', use === 'shell' ? "'5'" : '5; exit 1');
  expect(await runProbe({...common, kind: 'run', run: 'echo <n>'}, here, localWorld, bind)()).toEqual({
    kind: 'value',
    value: 5,
  });
});

test('a probe runs here, on a bound host, or on an alias of the ssh configuration', () => {
  const hosts = {vps: {matches: [], destination: 'deploy@203.0.113.7', line: 1}};
  expect(placeOf(undefined, hosts)).toEqual({kind: 'local'});
  expect(placeOf('vps', hosts)).toEqual({kind: 'host', host: 'vps', destination: 'deploy@203.0.113.7'});
  expect(placeOf('web', noBindings.hosts)).toEqual({kind: 'host', host: 'web', destination: 'web'});
});
