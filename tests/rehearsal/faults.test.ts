import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import type {Fault} from '../../src/rehearsal/faults.ts';
import {layoutOf} from '../../src/rehearsal/file-paths.ts';
import {prepareRehearsal} from '../../src/rehearsal/start-rehearsal.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {health, onHost, runAll, seedCommands, sendMessage, serviceOf, temporaryDirectory} from './on-host.ts';

/** A box whose new version has the fault; the old one still runs. */
async function boxWith(fault: Fault) {
  const place = await temporaryDirectory();
  const rehearsal = await prepareRehearsal({directory: place.path, fault});
  const {directory} = rehearsal;
  const layout = layoutOf(directory);
  const commands = seedCommands(layout.checkout);
  return {
    directory,
    service: await serviceOf(rehearsal.bindings),
    commands,
    errorLog: () => readFile(layout.errorLog, 'utf8'),
    deploy: async () => [...(await runAll(directory, commands.backup)), ...(await runAll(directory, commands.deploy))],
    rollBack: () => runAll(directory, commands.rollback),
    [Symbol.asyncDispose]: async () => {
      await rehearsal.stop();
      await place[Symbol.asyncDispose]();
    },
  };
}

const healthy = {status: 200, body: {status: 'healthy', version: '1.0.0'}};

test('slow: a message takes longer than the trigger’s 1500 ms', async () => {
  await using box = await boxWith('slow');
  await box.deploy();
  expect((await sendMessage(box.service)).ms).toBeGreaterThan(1500);
  expect(await health(box.service)).toMatchObject({status: 200, body: {version: '2.0.0'}});
});

test('errors: a third of the messages fail and leave a traceback, until the rollback', async () => {
  await using box = await boxWith('errors');
  await box.deploy();
  const answers = await Promise.all(Array.from({length: 9}, () => sendMessage(box.service)));
  const failed = answers.filter(({status}) => status === 500).length;
  // Traffic takes its share of the failures.
  expect(failed).toBeGreaterThanOrEqual(1);
  expect(failed).toBeLessThan(9);
  expect(await box.errorLog()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ERROR api\.ai\.chat .*Traceback/m);
  await box.rollBack();
  expect(
    (await Promise.all(Array.from({length: 4}, () => sendMessage(box.service)))).map(({status}) => status),
  ).toEqual([200, 200, 200, 200]);
});

test('bad-start: the restart seems to work, nothing answers, the log says why; the rollback restores', async () => {
  await using box = await boxWith('bad-start');
  expect(await box.deploy()).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  await expect(health(box.service)).rejects.toThrow('fetch failed');
  expect((await onHost(box.directory, 'systemctl is-active myhibachi-api')).stdout).toBe('failed');
  expect(await box.errorLog()).toContain('ImportError');
  await box.rollBack();
  expect(await health(box.service)).toEqual(healthy);
});

test('db-down: the new version cannot reach its database; the rollback restores', async () => {
  await using box = await boxWith('db-down');
  await box.deploy();
  expect(await health(box.service)).toMatchObject({status: 503, body: {status: 'unhealthy'}});
  expect((await sendMessage(box.service)).status).toBe(500);
  await box.rollBack();
  expect(await health(box.service)).toEqual(healthy);
});

test('leak: memory grows with every message', async () => {
  await using box = await boxWith('leak');
  await box.deploy();
  const rss = async () => {
    const {stdout} = await onHost(box.directory, 'ps -o rss= -p "$(cat ../run/myhibachi-api.pid)"');
    return Number(stdout) / 1024;
  };
  const before = await rss();
  await Promise.all(Array.from({length: 20}, () => sendMessage(box.service)));
  expect((await rss()) - before).toBeGreaterThan(20);
});

test('ssh-drop: links break without a farewell once the new code is in, and what was detached runs on', async () => {
  await using box = await boxWith('ssh-drop');
  // The link breaks right after the pull, so that only a detached job gets to the restart.
  const job = box.commands.deploy.join(' && ').replaceAll("'", '');
  await onHost(box.directory, `nohup setsid sh -c '${job}' >/dev/null 2>&1 </dev/null &`);
  await expect.poll(async () => (await onHost(box.directory, 'sleep 30')).code, {timeout: 45_000}).toBe(255);
  const version = () =>
    health(box.service).then(
      ({body}) => body,
      () => undefined,
    );
  await expect.poll(version, PATIENT).toMatchObject({version: '2.0.0'});
  await expect.poll(async () => (await onHost(box.directory, 'true')).code, PATIENT).toBe(0);
}, 90_000);
