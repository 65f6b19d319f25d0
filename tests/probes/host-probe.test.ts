import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {placeOf} from '../../src/actions/world.ts';
import type {Check} from '../../src/plan/plan.ts';
import {cpuProbe} from '../../src/probes/cpu-probe.ts';
import {diskProbe, rssProbe, runProbe} from '../../src/probes/host-probe.ts';
import {localWorld, noBindings} from './local-world.ts';

const here = {kind: 'local'} as const;
const plain = (written: string) => written;
const common = {everyMs: 1000, timeoutMs: 60_000, line: 1};

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
  expect(reading).toMatchObject({kind: 'error', error: expect.stringContaining('python( is not a regular expression')});
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

test('cpu without a pattern is how busy the whole machine is', async () => {
  using _busy = await started(
    'setInterval(() => { const until = Date.now() + 90; while (Date.now() < until); }, 100);',
  );
  const probe = cpuProbe({...common, kind: 'cpu'}, here, localWorld, plain);
  expect(await probe()).toEqual({kind: 'nothing'});
  await new Promise(resolve => setTimeout(resolve, 1000));
  const reading = await probe();
  const busy = reading.kind === 'value' ? reading.value : Number.NaN;
  // One busy process is this much of the machine at least; a test machine has other work, too.
  expect(busy).toBeGreaterThan(30 / availableParallelism());
  expect(busy).toBeLessThanOrEqual(100);
});

test('disk is what df shows of the file system of a path, in use or left', async () => {
  const look = (path: string, more = {}) =>
    diskProbe({...common, kind: 'disk', path, ...more}, here, localWorld, plain)();
  const shown = execFileSync('df', ['-Pk', tmpdir()], {encoding: 'utf8'}).trimEnd().split('\n').at(-1) ?? '';
  const [, , leftKb = 0, percent = 0] = (/(\d+)\s+(\d+)\s+(\d+)\s+(\d+)%/.exec(shown) ?? []).slice(1).map(Number);
  const [used, left] = [await look(tmpdir()), await look(tmpdir(), {free: true})];
  if (used.kind !== 'value' || left.kind !== 'value') throw new Error('no value');
  // df rounds up; and other programs write while the test looks.
  expect(Math.abs(used.value - percent)).toBeLessThan(2);
  expect(Math.abs(left.value - leftKb / 1024)).toBeLessThan(0.05 * (leftKb / 1024));
});

test('a path with spaces and quotes is one path, and one that is not there is an error', async () => {
  const directory = mkdtempSync(join(tmpdir(), "it's a disk "));
  const disk = (path: string) => diskProbe({...common, kind: 'disk', path}, here, localWorld, plain)();
  expect((await disk(directory)).kind).toBe('value');
  expect(await disk('/no/such; echo 5')).toMatchObject({kind: 'error', reached: true});
});

test('a command whose output is not what the bindings expect is no reading', async () => {
  const expecting = (run: string, checks: readonly Check[]) =>
    runProbe({...common, kind: 'run', run, expect: {checks}}, here, localWorld, plain)();
  const below: Check = {kind: 'number', op: '<', value: 10};
  expect(await expecting('echo 7', [below])).toEqual({kind: 'value', value: 7});
  expect(await expecting('echo 12', [below])).toMatchObject({kind: 'error', error: '12, expected < 10', reached: true});
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
