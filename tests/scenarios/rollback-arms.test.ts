import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {Recorded} from '../../src/run/event.ts';
import {eventually} from '../helpers/eventually.ts';
import {type Production, startProduction} from '../helpers/production.ts';
import {exitCodes, finishedSteps, newOperator, type Operator} from '../helpers/program.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const unattended = ['--auto', '--yes', 'all', '--choose', 'Step 2: Deploy Backend to VPS=Option B'];

const passesTheTagOver = /way 1 of 2, NOT proved.*\n.*git checkout v1\.0-pre-phase2/;
const takesTheBackup = /way 2 of 2, PROVED: take this one\n(#.*\n)*\[ -d 'apps\/backend\.backup\.\d{8}' \]/;
const takesTheTag = /way 1 of 2, PROVED: take this one\n(#.*\n)*git checkout v1\.0-pre-phase2/;

/** The rollback step that restores the code, as the last look at the host found it. */
function restoreReadiness(events: readonly Recorded[]) {
  const looks = events.filter(event => event.type === 'readiness-changed');
  return looks.at(-1)?.items.find(({title}) => title.includes('Restore Previous Code'));
}

describe.skipIf(sshdMissing)('a rollback whose tag was deleted on the host after the deploy', () => {
  let production: Production;
  let operator: Operator;
  beforeAll(async () => {
    production = await startProduction();
    operator = newOperator(production.workstation);
  });
  afterAll(async () => {
    operator?.stop();
    await production?.stop();
  });

  test('readiness and --print say so, and it takes the dated backup', async () => {
    const run = ['run', production.checklist, '-b', production.bindings, ...unattended, '--watch', '10m', '--plain'];
    operator.start(...run);
    await operator.recorded('phase-changed', ({phase}) => phase === 'watching');
    expect(await production.version()).toBe('new');
    const before = await eventually('the tag to be proved', async () => {
      const item = restoreReadiness(await operator.journal());
      return item?.arms.length === 2 ? item : undefined;
    });

    production.git('tag', '-d', 'v1.0-pre-phase2');
    const after = await eventually('readiness to miss the tag', async () => {
      const item = restoreReadiness(await operator.journal());
      return item?.arms.length === 1 ? item : undefined;
    });
    expect(after.arms).toEqual(before.arms.slice(1));
    expect(after.ready).toBe(true);
    expect(after.detail).not.toBe(before.detail);
    const {out} = await operator.run('rollback', '--print');
    expect(out).toMatch(passesTheTagOver);
    expect(out).toMatch(takesTheBackup);

    const back = await operator.run('rollback', '--json');
    expect(back.code).toBe(4);
    expect(await production.version()).toBe('old');
    expect(production.git('rev-parse', 'HEAD')).toBe(production.git('rev-parse', 'origin/main'));
    const version = readFileSync(join(production.checkout, 'apps/backend/version.json'), 'utf8');
    expect(JSON.parse(version)).toEqual({version: 'old'});
    const commands = finishedSteps(back.events).flatMap(({outcome}) =>
      outcome.kind === 'exited' ? outcome.commands : [],
    );
    expect(commands.map(({text}) => text).filter(text => text.includes('git checkout'))).toEqual([]);
    expect(commands.map(({text}) => text).join('\n')).toMatch(/rm -rf apps\/backend.*cp -r/s);
    expect(
      finishedSteps(back.events)
        .flatMap(exitCodes)
        .every(code => code === 0),
    ).toBe(true);
  });

  test('--print proves anew what it prints, also when the run is closed', async () => {
    const print = async () => (await operator.run('rollback', '--print')).out;
    expect(await print()).toMatch(takesTheBackup);
    // On the commit that was deployed it is no way back.
    production.git('tag', 'v1.0-pre-phase2');
    expect(await print()).toMatch(takesTheBackup);
    production.git('tag', '-f', 'v1.0-pre-phase2', 'HEAD~1');
    expect(await print()).toMatch(takesTheTag);
  });
});

describe.skipIf(sshdMissing)('a deploy with neither tag nor backup to go back to', () => {
  let production: Production;
  let operator: Operator;
  beforeAll(async () => {
    production = await startProduction();
    operator = newOperator(production.workstation);
    production.bindSteps(
      '{ match: "Create git tag", run: "true", on: vps }',
      '{ match: "Backup current backend code", run: "true", on: vps }',
    );
  });
  afterAll(async () => {
    operator?.stop();
    await production?.stop();
  });
  // Whatever is tried here: the code on the host must outlive it.
  afterEach(async () => {
    await operator.idle();
    expect(existsSync(join(production.checkout, 'apps/backend/main.mjs'))).toBe(true);
  });

  test('is refused while readiness is red, naming what is missing', async () => {
    const oldCommit = production.git('rev-parse', 'HEAD');
    const run = await operator.run('run', production.checklist, '-b', production.bindings, ...unattended, '--json');
    expect(run.code).toBe(7);
    const item = restoreReadiness(run.events);
    expect(item).toMatchObject({ready: false, arms: []});
    expect(item?.detail).toMatch(/v1\.0-pre-phase2 not found.*apps\/backend\.backup\.\d{8} missing/);
    const closed = run.events.find(event => event.type === 'run-closed');
    expect(closed?.because).toContain('rollback not ready');
    expect(closed?.because).toContain('v1.0-pre-phase2');
    expect(production.git('rev-parse', 'HEAD')).toBe(oldCommit);
    expect(await production.version()).toBe('old');
  });

  test('its rollback, unforced, changes nothing', async () => {
    const back = await operator.run('rollback', '--plain');
    expect(back.code).toBe(5);
    expect(back.out).toContain('nothing was changed');
    expect(await production.version()).toBe('old');
  });

  test('its rollback, forced, deletes nothing and names what is left', async () => {
    const back = await operator.run('rollback', '--force', '--json');
    expect(back.code).toBe(5);
    expect(back.said).toMatch(/left to do:\n[\s\S]*^git checkout v1\.0-pre-phase2/m);
    expect(back.said).toMatch(/left to do:\n[\s\S]*^(?:sudo )?systemctl start myhibachi-api/m);
    const finished = back.events.find(event => event.type === 'rollback-finished');
    expect(finished).toMatchObject({result: 'rollback-failed'});
  });
});
