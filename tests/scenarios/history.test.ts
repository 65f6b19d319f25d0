import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {EarlierRun} from '../../src/run/history/earlier-run.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

const document = (note = '') => `# Shop release
**Maintenance Window:** 02:00 - 04:00 UTC
${note}
## Deployment steps

### Step 1: Build (5 minutes)

\`\`\`bash
sleep 1.2
echo built > built.txt
\`\`\`

## Rollback

\`\`\`bash
sleep 1.1
echo back
\`\`\`
`;

const unattended = ['--auto', '--yes', 'all'];

describe.skipIf(tmuxMissing)('a run that learns from earlier ones', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-history-'));
  const checklist = join(directory, 'deploy.md');
  let operator: Operator;
  let terminal: Terminal;
  let window: Window;

  beforeAll(async () => {
    operator = newOperator(directory);
    writeFileSync(checklist, document());
    const first = await operator.run('run', checklist, ...unattended);
    expect(first).toMatchObject({code: 0, said: ''});
    await operator.idle();
    // Nothing proves that the old version answers, so it ends unverified; all of its commands passed.
    expect((await operator.run('rollback')).code).toBe(5);
    await operator.idle();
    terminal = startTerminal(operator.environment, {cwd: directory});
  });
  /** Nothing has been deployed in the run that is open. */
  async function forceRollBack(): Promise<void> {
    window.press('R');
    await window.shows('nothing has been deployed in this run');
    window.press('f');
    await window.shows('Roll back all the same: why?');
    window.press('it was built by hand', 'Enter');
  }

  afterAll(() => {
    terminal?.stop();
    operator?.stop();
    rmSync(directory, {recursive: true, force: true});
  });

  test('each keeps for later ones how long its parts took', async () => {
    const kept = JSON.parse(readFileSync(join(await operator.runDirectory(), 'history.json'), 'utf8')) as EarlierRun;
    expect(kept).toMatchObject({title: 'Shop release', checklist, hosts: []});
    const [[name, ms] = ['', 0]] = kept.steps;
    expect(name).toContain('step 1 build / ');
    expect(ms).toBeGreaterThanOrEqual(1200);
    expect(kept.rollbackMs).toBeGreaterThanOrEqual(1100);
    expect(kept.deployMs).toBeGreaterThanOrEqual(1200);
  });

  test('directories that are no runs, or damaged ones, keep nobody from reading the others', async () => {
    const runs = join(operator.home, 'runs');
    const make = (id: string) => {
      mkdirSync(join(runs, id));
      return join(runs, id);
    };
    writeFileSync(join(make('20200101T000000Z-0001'), 'history.json'), '{"steps": [["x"');
    writeFileSync(
      join(make('20200101T000000Z-0002'), 'history.json'),
      JSON.stringify({title: 'Shop release', steps: 3}),
    );
    writeFileSync(join(make('20200101T000000Z-0003'), 'history.json'), ' '.repeat(1024 * 1024));
    mkdirSync(join(make('20200101T000000Z-0004'), 'history.json'));
    execFileSync('mkfifo', [join(make('20200101T000000Z-0005'), 'history.json')]);
    execFileSync('mkfifo', [join(runs, '20200101T000000Z-0005', 'journal.ndjson')]);

    const checked = await operator.run('check', checklist, '--json');
    expect(JSON.parse(checked.out)).toMatchObject({history: {runs: 1, rollback: {runs: 1}, deploy: {runs: 1}}});
    const listed = JSON.parse((await operator.run('runs', '--json')).out);
    expect(listed).toMatchObject([{title: 'Shop release', rollback: 'rollback-failed', exitCode: 5}]);
  });

  test('check says what earlier runs took', async () => {
    const {out} = await operator.run('check', checklist);
    expect(out).toMatch(/history +1 earlier run: the deploy last time 1 s, a rollback last time \d+ s/);
    expect(out).toMatch(/Build.*5 min · last time 1 s/);
  });

  test('the console shows it beside steps and in the rollback, also where the document has changed since', async () => {
    writeFileSync(checklist, document('\nA word on this edition, which moves every line.\n'));
    expect((await operator.run('review', checklist, '--accept')).code).toBe(0);
    window = terminal.open('run', checklist);
    await window.shows(/last time 1 s/);
    const read = await operator.recorded('history-read');
    expect(read).toMatchObject({runs: 1, steps: {L10: {runs: 1}}});
    // The greeting of a first console gives way to the keys.
    window.press('j');
    await window.shows(/R roll back, \d+ s/);
    await forceRollBack();
    const asked = await window.shows(/ROLL BACK\?[\s\S]*(decide by|the window ended|begun now)/);
    const first = asked
      .split('\n')
      .map(row => row.split(/[│╭╰]/)[1]?.trim())
      .join(' ');
    expect(first).toMatch(/A rollback took \d+ s last time \(1 earlier run\): (decide by|the window ended|begun now)/);
    window.press('Escape');
    await operator.recorded('rollback-finished', ({result}) => result === 'cancelled');
  });

  test('the record holds what was planned and predicted against what it took', async () => {
    await window.shows(/Enter run/);
    await forceRollBack();
    await window.shows('ROLL BACK?');
    window.press('R');
    await operator.recorded('rollback-finished', ({result}) => result !== 'cancelled');
    const {out} = await operator.run('report');
    expect(out).toMatch(/- Predicted: A rollback took \d+ s last time \(1 earlier run\); to be back by 04:00 UTC/);
    const verified = join(directory, 'record.md');
    writeFileSync(verified, out);
    expect(await operator.run('report', '--verify', verified)).toMatchObject({code: 0});
  });

  test('two runs are compared by steps, sections and outcome', async () => {
    const [earlier] = JSON.parse((await operator.run('runs', '--json')).out) as {id: string}[];
    const {code, out} = await operator.run('report', '--compare', earlier?.id ?? '');
    expect(code).toBe(0);
    expect(out).toMatch(/\| result +\|/);
    expect(out).toMatch(/Steps: how long they took/);
    expect(existsSync(join(await operator.runDirectory(), 'history.json'))).toBe(false);
  });
});
