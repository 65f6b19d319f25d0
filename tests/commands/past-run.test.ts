/** Which run is meant where none is named. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {namedRun, newestRun} from '../../src/commands/past-run.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

const [old, live, drill] = ['20260101T000000Z-0001', '20260102T000000Z-0002', '20260103T000000Z-0003'] as const;
let home = '';
let servers: Server[] = [];

beforeEach(async () => {
  home = await temporaryDirectory();
  vi.stubEnv('TMINUS_HOME', home);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.map(server => new Promise(closed => server.close(closed))));
  servers = [];
});

async function begun(id: string, isAnswering: boolean): Promise<void> {
  const directory = join(home, 'runs', id);
  mkdirSync(directory, {recursive: true, mode: 0o700});
  for (const file of ['options.json', 'journal.ndjson']) writeFileSync(join(directory, file), '{}\n');
  // An engine that was killed leaves it behind.
  writeFileSync(join(directory, 'engine.pid'), '1\n');
  if (!isAnswering) return;
  const server = createServer();
  servers.push(server);
  await new Promise<void>(listening => server.listen(join(directory, 'engine.sock'), listening));
}

test('the run that is live, and not a newer one that is over', async () => {
  await begun(old, false);
  await begun(live, true);
  await begun(drill, false);
  expect((await namedRun(undefined)).id).toBe(live);
  expect((await newestRun(undefined)).id).toBe(drill);
  expect((await namedRun(drill)).id).toBe(drill);
});

test('the newest where none is live', async () => {
  for (const id of [old, live, drill]) await begun(id, false);
  expect((await namedRun(undefined)).id).toBe(drill);
});

test('none of several that are live: they are named', async () => {
  await begun(old, true);
  await begun(live, true);
  await begun(drill, false);
  await expect(namedRun(undefined)).rejects.toThrow(`2 runs are live: ${old}, ${live}; name the one that is meant`);
});
