import {spawn} from 'node:child_process';
import {copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const checklist = `# Release
## Deployment
### Step 1: Wait
\`\`\`bash
ssh user@your-vps-ip
until [ -e go ]; do sleep 0.1; done
\`\`\`
### Step 2: Ask
\`\`\`sql
select 40 + 2 as answer; -- Expected: 42
\`\`\`
### Step 3: Post
\`\`\`bash
curl -X POST -d deployed HEALTH
\`\`\`
### Step 4: Fail
\`\`\`bash
ssh user@your-vps-ip
false
\`\`\`
## Rollback
\`\`\`bash
ssh user@your-vps-ip
echo back > back
curl HEALTH
\`\`\`
`;

describe.skipIf(sshdMissing)('an installation of its own', () => {
  let host: SmallHost;
  let database: Postgres;
  let place: string;
  beforeEach(async () => {
    database = await startPostgres();
    host = await startSmallHost({checklist, more: `databases:\n  main: { url: "${database.url}", default: true }\n`});
    place = mkdtempSync(join(tmpdir(), 'tminus-installation-'));
    cpSync(resolve('dist'), join(place, 'dist'), {recursive: true});
    mkdirSync(join(place, 'bin'));
    copyFileSync(realpathSync(process.execPath), join(place, 'bin', 'node'));
  });
  afterEach(async () => {
    await host?.stop();
    await database?.stop();
    rmSync(place, {recursive: true, force: true});
  });

  /** As an upgrade leaves it: the same names, another program. */
  function replace(): void {
    rmSync(join(place, 'dist'), {recursive: true});
    mkdirSync(join(place, 'dist', 'chunks'), {recursive: true});
    for (const name of ['tminus.js', 'cli.js', 'engine.js']) {
      writeFileSync(join(place, 'dist', name), "throw new Error('another version');\n");
    }
  }

  test.for([
    ['replaced', () => replace()],
    ['deleted with its Node', () => rmSync(place, {recursive: true})],
  ] as const)('that is %s in the middle of a run changes nothing for the run', async ([, change]) => {
    const args = ['run', host.checklist, '-b', host.bindings, '--auto', '--yes', 'all', '--watch', '10m', '--plain'];
    const {code} = await host.operator.run('review', host.checklist, '-b', host.bindings, '--accept');
    expect(code).toBe(0);
    const console = spawn(join(place, 'bin', 'node'), [join(place, 'dist', 'tminus.js'), ...args], {
      cwd: host.sshd.directory,
      env: host.operator.environment,
      stdio: 'ignore',
    });
    await host.operator.recorded('step-started');
    change();
    host.touch('go');
    await host.operator.recorded('step-finished', ({verdict}) => verdict.kind === 'failed');
    const outcomes = (await host.operator.journal()).filter(event => event.type === 'step-finished');
    expect(outcomes.map(({verdict}) => verdict)).toMatchObject([
      {kind: 'passed'},
      {kind: 'passed'},
      {kind: 'passed'},
      {kind: 'failed', because: expect.stringContaining('exit 1')},
    ]);
    expect(host.requests()).toEqual(['POST deployed']);
    // From an installation that is there: it attaches to the engine of the one that is not.
    const back = await host.operator.run('rollback', '--json');
    expect(back.events.filter(({type}) => type === 'rollback-finished')).toHaveLength(1);
    expect(host.lines('back')).toEqual(['back']);
    await host.operator.idle();
    const directory = await host.operator.runDirectory();
    expect(readFileSync(join(directory, 'report.md'), 'utf8')).toContain('Step 4: Fail');
    expect(readFileSync(join(directory, 'engine.log'), 'utf8')).toBe('');
    console.kill();
  });
});
