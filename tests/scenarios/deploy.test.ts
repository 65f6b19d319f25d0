import {execFile} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Recorded} from '../../src/run/event.ts';
import {type Production, startProduction} from '../helpers/production.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const program = resolve('dist/tminus.js');

type Ended = {code: number; events: readonly Recorded[]; said: string};

/** Runs the built program as a script would: no terminal, events as NDJSON. */
function tminus(production: Production, home: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise(done => {
    const env = {...process.env, TMINUS_HOME: home};
    execFile(
      process.execPath,
      [program, ...args],
      {cwd: production.workstation, env, maxBuffer: 1 << 26},
      (error, out, said) => {
        const code = error === null ? 0 : Number(error.code);
        const lines = out.split('\n').filter(line => line.startsWith('{'));
        done({code, events: lines.map(line => JSON.parse(line) as Recorded), said});
      },
    );
  });
}

const deploy = ['--auto', '--yes', 'all', '--choose', 'Step 2: Deploy Backend to VPS=Option B', '--json'];

function finished(events: readonly Recorded[], line: number) {
  return events.find(event => event.type === 'step-finished' && event.stepId === `L${line}`) as
    | Extract<Recorded, {type: 'step-finished'}>
    | undefined;
}

describe.skipIf(sshdMissing)('the unedited seed against real OpenSSH, PostgreSQL and git', () => {
  let production: Production;
  let home: string;

  beforeAll(async () => {
    production = await startProduction();
    home = mkdtempSync(join(tmpdir(), 'tminus-home-'));
  });
  afterAll(async () => {
    await production?.stop();
    rmSync(home, {recursive: true, force: true});
  });

  test('deploys, and the rollback restores code, environment and service', async () => {
    const oldCommit = production.git('rev-parse', 'HEAD');
    expect(await production.version()).toBe('old');

    const run = await tminus(production, home, 'run', production.checklist, '-b', production.bindings, ...deploy);
    expect({code: run.code, said: run.said}).toEqual({code: 0, said: ''});
    expect(production.git('rev-parse', 'HEAD')).toBe(production.git('rev-parse', 'origin/main'));
    expect(production.git('rev-parse', 'HEAD')).not.toBe(oldCommit);
    expect(await production.version()).toBe('new');

    const indexes = finished(run.events, 21);
    expect(indexes?.outcome).toMatchObject({kind: 'returned', tables: [{rows: [['16']]}]});
    const captured = run.events.find(event => event.type === 'value-captured');
    expect(captured).toMatchObject({name: 'YYYYMMDD', on: 'vps'});
    const date = captured?.type === 'value-captured' ? captured.value : '';
    expect(readdirSync(join(production.checkout, 'apps'))).toContain(`backend.backup.${date}`);

    writeFileSync(join(production.checkout, '.env'), 'BROKEN=1\n');
    const back = await tminus(production, home, 'rollback', '--json');
    expect(back.code).toBe(4);
    expect(production.git('rev-parse', 'HEAD')).toBe(oldCommit);
    expect(readFileSync(join(production.checkout, '.env'), 'utf8')).toContain('OPENAI_API_KEY');
    expect(await production.version()).toBe('old');
    const steps = back.events.filter(event => event.type === 'step-finished');
    expect(steps.length).toBeGreaterThanOrEqual(4);
    for (const {outcome} of steps) {
      expect(outcome.kind === 'exited' && outcome.commands.every(command => command.code === 0)).toBe(true);
    }
  });
});
