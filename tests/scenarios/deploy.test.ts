import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import pg from 'pg';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {indexCount, type Production, startProduction} from '../helpers/production.ts';
import {type Ended, exitCodes, finishedSteps, newOperator, type Operator} from '../helpers/program.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const unattended = ['--auto', '--yes', 'all', '--choose', 'Step 2: Deploy Backend to VPS=Option B', '--json'];

/** Its line in the checklist. */
const INDEX_QUERY = 21;

describe.skipIf(sshdMissing)('the unedited seed against real OpenSSH, PostgreSQL and git', () => {
  let production: Production;
  let operator: Operator;
  let oldCommit: string;
  let deploy: Ended;

  beforeAll(async () => {
    production = await startProduction();
    operator = newOperator(production.workstation);
    oldCommit = production.git('rev-parse', 'HEAD');
    expect(await production.version()).toBe('old');
    deploy = await operator.run('run', production.checklist, '-b', production.bindings, ...unattended);
    await operator.idle();
  });
  afterAll(async () => {
    operator?.stop();
    await production?.stop();
  });

  test('deploys: the checkout is at the new commit, and the restarted service answers as the new version', async () => {
    expect({code: deploy.code, said: deploy.said}).toEqual({code: 0, said: ''});
    expect(production.git('rev-parse', 'HEAD')).toBe(production.git('rev-parse', 'origin/main'));
    expect(production.git('rev-parse', 'HEAD')).not.toBe(oldCommit);
    expect(await production.version()).toBe('new');
    const [script] = finishedSteps(deploy.events).filter(({outcome}) =>
      JSON.stringify(outcome).includes('sudo systemctl restart myhibachi-api'),
    );
    expect(script?.verdict.kind).toBe('passed');
    expect(script && new Set(exitCodes(script))).toEqual(new Set([0]));
  });

  test('asked the database itself how many indexes there are', () => {
    const [query] = finishedSteps(deploy.events, INDEX_QUERY);
    expect(query?.outcome).toMatchObject({kind: 'returned', tables: [{rows: [[String(indexCount)]]}]});
    expect(query?.verdict).toMatchObject({kind: 'passed', checks: [{result: 'met'}]});
  });

  test('made backups that bear the date captured on the host, of the old version', () => {
    const captured = deploy.events.filter(event => event.type === 'value-captured');
    expect(captured).toMatchObject([{name: 'YYYYMMDD', on: 'vps', value: expect.stringMatching(/^20\d{6}$/)}]);
    const date = captured[0]?.value;
    expect(readdirSync(join(production.checkout, 'apps')).sort()).toEqual(['backend', `backend.backup.${date}`]);
    const backup = readFileSync(join(production.checkout, `apps/backend.backup.${date}/version.json`), 'utf8');
    expect(JSON.parse(backup)).toEqual({version: 'old'});
    expect(existsSync(join(production.checkout, `.env.backup.${date}`))).toBe(true);
    expect(production.git('rev-parse', 'v1.0-pre-phase2')).toBe(oldCommit);
  });

  test('restores code, environment and service, and journals every step of it with its exit code', async () => {
    writeFileSync(join(production.checkout, '.env'), 'BROKEN=1\n');
    const back = await operator.run('rollback', '--json');
    expect({code: back.code, said: back.said}).toEqual({code: 4, said: ''});
    expect(production.git('rev-parse', 'HEAD')).toBe(oldCommit);
    expect(readFileSync(join(production.checkout, '.env'), 'utf8')).toContain('OPENAI_API_KEY');
    expect(await production.version()).toBe('old');

    const journal = await operator.journal();
    const requestedAt = journal.findIndex(event => event.type === 'rollback-requested');
    const steps = finishedSteps(journal.slice(requestedAt));
    const commands = steps.flatMap(({outcome}) => (outcome.kind === 'exited' ? outcome.commands : []));
    const texts = commands.map(({text}) => text);
    const inOrder = ['systemctl stop', 'git checkout v1.0-pre-phase2', 'cp .env.backup.', 'systemctl start'];
    const places = inOrder.map(piece => texts.findIndex(text => text.includes(piece)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(commands.map(({code}) => code)).toEqual(commands.map(() => 0));
    expect(texts.filter(text => text.includes('rm -rf'))).toEqual([]);
    expect(journal.findLast(({type}) => type === 'run-closed')).toMatchObject({
      type: 'run-closed',
      status: 'rolled-back',
      exitCode: 4,
    });
  });

  test('a deploy whose database has too few indexes ends at that query', async () => {
    const client = new pg.Client({connectionString: production.postgres.url});
    await client.connect();
    await client.query('drop index core.idx_bookings_0, core.idx_bookings_1, core.idx_bookings_2');
    await client.end();
    await operator.idle();
    const refused = await operator.run('run', production.checklist, '-b', production.bindings, ...unattended);
    expect(refused.code).toBe(3);
    expect(finishedSteps(refused.events).at(-1)).toMatchObject({
      stepId: `L${INDEX_QUERY}`,
      verdict: {kind: 'failed'},
    });
    expect(production.git('rev-parse', 'HEAD')).toBe(oldCommit);
  });
});
