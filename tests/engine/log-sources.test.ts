import {appendFileSync, mkdirSync, renameSync, rmdirSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {openLogLedger, openLogSources} from '../../src/engine/log-sources.ts';
import {createRedactor} from '../../src/journal/secrets/redact.ts';
import {createSpool} from '../../src/journal/spool/spool.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {bindings, openTestWorld} from '../helpers/real-world.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

/** Follows one log of this machine. */
async function followed(name: string, prepare: (path: string) => void) {
  const directory = await temporaryDirectory();
  const path = join(directory, name);
  prepare(path);
  mkdirSync(join(directory, 'spool'));
  const bound = bindings({logs: {error: {on: 'local', tail: path, line: 1}}});
  const {world} = openTestWorld({directory, bindings: bound});
  const spool = createSpool(directory, createRedactor([]));
  const logs = openLogSources(bound, world, spool, openLogLedger(directory));
  onTestFinished(async () => {
    logs.close();
    await world.close();
    spool.close();
  });
  return {path, logs, status: () => spool.statuses().find(({id}) => id === 'error')};
}

// The superuser may read everything, so these stand for a log that an account may not read: the host refuses them all alike.
test.for([
  ['a link that leads to itself', (path: string) => symlinkSync(path, path), unlinkSync],
  ['a directory', (path: string) => mkdirSync(path), rmdirSync],
] as const)('%s in place of a log is said to be unreadable, in the host’s words', async ([, make, remove]) => {
  const {path, logs, status} = await followed('app.log', make);
  await vi.waitFor(() => expect(status()).toMatchObject({up: false}), PATIENT);
  expect(status()?.detail).toMatch(/^\S+app\.log cannot be read: \S/);
  // A link that comes back makes no log readable.
  logs.link('local', true, 'connected');
  expect(status()).toMatchObject({up: false});
  remove(path);
});

test('a log that can be read again is up again, and its lines come', async () => {
  const {path, status} = await followed('app.log', at => symlinkSync(at, at));
  await vi.waitFor(() => expect(status()).toMatchObject({up: false}), PATIENT);
  unlinkSync(path);
  await vi.waitFor(
    () => {
      // Put there anew each time: tail may just be looking elsewhere.
      writeFileSync(`${path}.new`, 'a line\n');
      renameSync(`${path}.new`, path);
      expect(status()).toMatchObject({up: true, detail: ''});
      expect(status()?.lines).toBeGreaterThan(0);
    },
    {...PATIENT, interval: 500},
  );
});

test('a log that is not there yet is no trouble', async () => {
  const {path, status} = await followed('later.log', () => {});
  writeFileSync(path, 'first\n');
  await vi.waitFor(() => expect(status()).toMatchObject({up: true, detail: '', lines: 1}), PATIENT);
});

test('a log that is cut or moved away is no trouble', async () => {
  const {path, status} = await followed('app.log', at => writeFileSync(at, 'first\n'));
  await vi.waitFor(() => expect(status()).toMatchObject({up: true, detail: '', lines: 1}), PATIENT);
  writeFileSync(path, '');
  appendFileSync(path, 'a\n');
  await vi.waitFor(() => expect(status()?.lines).toBeGreaterThan(1), PATIENT);
  expect(status()).toMatchObject({up: true, detail: ''});
  renameSync(path, `${path}.1`);
  writeFileSync(path, 'second file\n');
  await vi.waitFor(() => expect(status()?.lines).toBeGreaterThan(2), PATIENT);
  expect(status()).toMatchObject({up: true, detail: ''});
});
