import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {execa} from 'execa';
import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {layoutOf} from '../../src/rehearsal/file-paths.ts';
import {processesOf, waitForExit} from '../../src/rehearsal/processes.ts';
import {prepareRehearsal, type Rehearsal, rehearsalAt} from '../../src/rehearsal/start-rehearsal.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {
  databaseOf,
  health,
  onHost,
  runAll,
  seedCommands,
  sendMessage,
  serviceOf,
  temporaryDirectory,
} from './on-host.ts';

/** The fastest of so many counts. */
const MESSAGES = 5;
const seedSha256 = 'aed565df5b3426973db563f9810da8e7dc8e00a4c51026c7ff19303edbcf996d';

describe('a rehearsal', () => {
  let place: Awaited<ReturnType<typeof temporaryDirectory>>;
  let rehearsal: Rehearsal;
  let service: string;
  const said: string[] = [];

  beforeAll(async () => {
    place = await temporaryDirectory();
    rehearsal = await prepareRehearsal({directory: place.path, log: line => said.push(line)});
    service = await serviceOf(rehearsal.bindings);
  });
  afterAll(async () => {
    await rehearsal?.stop();
    await place?.[Symbol.asyncDispose]();
  });

  test('says what it has opened', () => {
    expect(said.join('\n')).toMatch(/SSH server on 127\.0\.0\.1:\d+/);
    expect(said.join('\n')).toMatch(/PostgreSQL on port \d+/);
    expect(said.join('\n')).toContain(service);
  });

  test('has the checklist, byte for byte', async () => {
    const bytes = await readFile(rehearsal.checklist);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(seedSha256);
  });

  test('answers the queries of the checklist', async () => {
    const client = new Client({connectionString: await databaseOf(rehearsal.bindings)});
    await client.connect();
    const text = await readFile(rehearsal.checklist, 'utf8');
    const queries = [...text.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, body = '']) => statementsOf(body));
    const answers = [];
    for (const query of queries) answers.push((await client.query(query)).rows);
    await client.end();
    expect(answers).toHaveLength(6);
    expect(answers[0]).toEqual([{count: '45'}]);
    // Daily averages of messages, recorded emotions and stored messages: there is a day of history.
    expect(answers.slice(2, 5).map(rows => rows.length > 0)).toEqual([true, true, true]);
  });

  test('serves the operator’s clone with the merge still to be pulled', async () => {
    const {stdout: before} = await execa('git', ['rev-parse', 'main'], {cwd: rehearsal.workstation});
    await execa('git', ['checkout', 'main'], {cwd: rehearsal.workstation});
    await execa('git', ['pull', 'origin', 'main'], {cwd: rehearsal.workstation});
    const {stdout: after} = await execa('git', ['rev-parse', 'main'], {cwd: rehearsal.workstation});
    expect(after).not.toBe(before);
  });

  test('deploys the new version with the checklist’s own commands, and its rollback restores the old one', async () => {
    const {backup, deploy, rollback} = seedCommands(layoutOf(rehearsal.directory).checkout);
    expect(await health(service)).toEqual({status: 200, body: {status: 'healthy', version: '1.0.0'}});
    const old = await sendMessage(service);

    expect(await runAll(rehearsal.directory, backup)).toEqual([0, 0, 0]);
    expect(await runAll(rehearsal.directory, deploy)).toEqual([0, 0, 0, 0, 0]);
    expect(await health(service)).toEqual({status: 200, body: {status: 'healthy', version: '2.0.0'}});
    // 745 ms against 2000 ms: a loaded machine makes any of them slower, and none faster.
    const fast = [];
    for (let sent = 0; sent < MESSAGES; sent += 1) fast.push((await sendMessage(service)).ms);
    expect(Math.min(...fast)).toBeLessThan(old.ms / 1.5);
    expect(old.ms).toBeGreaterThan(1900);

    expect(await runAll(rehearsal.directory, rollback)).toEqual([0, 0, 0, 0, 0]);
    expect(await health(service)).toEqual({status: 200, body: {status: 'healthy', version: '1.0.0'}});
  });

  test('keeps what the deploy’s stash took away, and nothing brings it back', async () => {
    const {stdout} = await onHost(
      rehearsal.directory,
      `cd ${layoutOf(rehearsal.directory).checkout} && git stash show -p`,
    );
    expect(stdout).toContain('DEBUG');
  });
});

test('nothing runs on after stop, not even what detached itself', async () => {
  await using place = await temporaryDirectory();
  const rehearsal = await prepareRehearsal({directory: place.path});
  await onHost(
    rehearsal.directory,
    'setsid sh -c "trap : TERM; while :; do sleep 1; done" >/dev/null 2>&1 </dev/null &',
  );
  expect((await processesOf(rehearsal.directory)).length).toBeGreaterThan(4);
  await rehearsal.stop();
  expect(await commandLinesNaming(rehearsal.directory)).toEqual([]);
  expect(await processesOf(rehearsal.directory)).toEqual([]);
});

test('it ends by itself when the last process it is kept for has ended, and not before', async () => {
  await using place = await temporaryDirectory();
  const rehearsal = await prepareRehearsal({directory: place.path});
  const layout = layoutOf(rehearsal.directory);
  const engine = execa('sleep', ['60'], {reject: false});
  await writeFile(layout.owners, '');
  await rehearsal.keepFor(engine.pid ?? 0);
  const target = Number(await readFile(layout.targetPid, 'utf8'));
  expect(await waitForExit(target, 1000)).toBe(false);
  engine.kill();
  expect(await waitForExit(target, PATIENT.timeout)).toBe(true);
  await expect.poll(() => processesOf(rehearsal.directory), PATIENT).toEqual([]);
  expect(existsSync(rehearsal.directory)).toBe(false);
  // Whoever comes to end it finds it ended.
  await rehearsal.stop();
});

test('it waits for another engine where one died, and ends when one has taken its number away', async () => {
  await using place = await temporaryDirectory();
  await using elsewhere = await temporaryDirectory();
  const rehearsal = await prepareRehearsal({directory: place.path});
  const layout = layoutOf(rehearsal.directory);
  const pidFile = join(elsewhere.path, 'engine.pid');
  const died = execa('true');
  await died;
  await writeFile(pidFile, `${died.pid}\n`);
  await writeFile(layout.owners, '');
  await rehearsal.keepFor(pidFile);
  const target = Number(await readFile(layout.targetPid, 'utf8'));
  expect(await waitForExit(target, 7000)).toBe(false);
  const next = execa('sleep', ['60'], {reject: false});
  await writeFile(pidFile, `${next.pid}\n`);
  expect(await waitForExit(target, 1000)).toBe(false);
  await rm(pidFile);
  next.kill();
  expect(await waitForExit(target, 20_000)).toBe(true);
});

test('a killed target leaves nothing running either', async () => {
  await using place = await temporaryDirectory();
  const rehearsal = await prepareRehearsal({directory: place.path});
  const service = await serviceOf(rehearsal.bindings);
  process.kill(Number(await readFile(layoutOf(rehearsal.directory).targetPid, 'utf8')), 'SIGKILL');
  await expect.poll(() => processesOf(rehearsal.directory), PATIENT).toEqual([]);
  await expect(health(service)).rejects.toThrow('fetch failed');
  // It was kept for this process, which may still want its files.
  expect(existsSync(rehearsal.directory)).toBe(true);
});

test('a killed target that nobody wanted any more takes its directory along', async () => {
  await using place = await temporaryDirectory();
  const rehearsal = await prepareRehearsal({directory: place.path});
  await writeFile(layoutOf(rehearsal.directory).owners, '');
  process.kill(Number(await readFile(layoutOf(rehearsal.directory).targetPid, 'utf8')), 'SIGKILL');
  await expect.poll(() => existsSync(rehearsal.directory), PATIENT).toBe(false);
});

test('a directory is used again only if a rehearsal left it, and never while one runs in it', async () => {
  await using place = await temporaryDirectory();
  await using strange = await temporaryDirectory();
  await writeFile(join(strange.path, 'thesis.txt'), 'do not delete');
  await expect(prepareRehearsal({directory: strange.path})).rejects.toThrow('not empty');
  expect(await readFile(join(strange.path, 'thesis.txt'), 'utf8')).toBe('do not delete');

  const first = await prepareRehearsal({directory: place.path});
  await expect(prepareRehearsal({directory: place.path})).rejects.toThrow('is running in');
  await first.stop();
  const second = await prepareRehearsal({directory: place.path});
  expect((await health(await serviceOf(second.bindings))).status).toBe(200);
  // Whoever knows the directory can end it.
  await rehearsalAt(second.directory).stop();
  expect(await processesOf(second.directory)).toEqual([]);
});

function statementsOf(body: string): string[] {
  return body
    .split(';')
    .map(statement => statement.trim())
    .filter(statement => statement.replace(/--.*$/gm, '').trim() !== '');
}

async function commandLinesNaming(directory: string): Promise<string[]> {
  const {stdout} = await execa('ps', ['-ww', '-eo', 'args']);
  return stdout.split('\n').filter(line => line.includes(directory));
}
