/** A port that another program takes before the database or the service of a rehearsal does. */
import {cp, mkdir, writeFile} from 'node:fs/promises';
import {createServer, type Server} from 'node:net';
import {dirname} from 'node:path';
import {Client} from 'pg';
import {expect, test} from 'vitest';
import {assetPath, layoutOf} from '../../src/rehearsal/file-paths.ts';
import {freePort, listen} from '../../src/rehearsal/ports.ts';
import {findPrograms, openDatabase} from '../../src/rehearsal/postgres.ts';
import {startService, systemctl} from '../../src/rehearsal/start-service.ts';
import {temporaryDirectory} from './on-host.ts';

/** The first port is one at which another program listens. */
async function takenFirst(): Promise<{next: () => Promise<number>; other: Server; asked: number[]}> {
  const other = createServer();
  const taken = await listen(other);
  const asked: number[] = [];
  const next = async () => {
    asked.push(asked.length === 0 ? taken : await freePort());
    return asked.at(-1) ?? taken;
  };
  return {next, other, asked};
}

test.skipIf((await findPrograms()) === undefined)('the database starts on another port', async () => {
  await using place = await temporaryDirectory();
  const layout = layoutOf(place.path);
  await mkdir(layout.temporary, {recursive: true});
  const {next, other, asked} = await takenFirst();
  const opened = await openDatabase(layout, next);
  try {
    if (!('stop' in opened)) throw new Error(opened.unavailable);
    expect(asked).toHaveLength(2);
    expect(opened.port).toBe(asked[1]);
    const client = new Client(opened.url);
    await client.connect();
    expect((await client.query('select 1 as one')).rows).toEqual([{one: 1}]);
    await client.end();
  } finally {
    if ('stop' in opened) await opened.stop();
    other.close();
  }
});

test('the service starts on another port, and what listens at the first is not taken for it', async () => {
  await using place = await temporaryDirectory();
  const layout = layoutOf(place.path);
  const parents = [layout.environmentFile, layout.unitFile, layout.checkout].map(dirname);
  for (const path of [layout.home, layout.run, layout.serviceLogs, ...parents]) await mkdir(path, {recursive: true});
  await cp(assetPath('stand-ins'), layout.bin, {recursive: true});
  await cp(assetPath('service/old'), layout.checkout, {recursive: true});
  for (const path of [layout.errorLog, layout.accessLog]) await writeFile(path, '');
  const {next, other, asked} = await takenFirst();
  try {
    const port = await startService(layout, undefined, next);
    expect(asked).toHaveLength(2);
    expect(port).toBe(asked[1]);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  } finally {
    await systemctl(layout, 'stop');
    other.close();
  }
});
