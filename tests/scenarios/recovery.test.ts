import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {finishedSteps, truthsOfStopped} from '../helpers/program.ts';
import {type DistantHost, type SmallHost, startDistantHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const checklist = `# Release
## Deployment
### Step 1: Announce
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo announced >> lines
\`\`\`
### Step 2: Migrate
\`\`\`bash
seq 1 20
sh slow.sh
echo migrated
\`\`\`
### Step 3: Restart
\`\`\`bash
echo restarted >> lines
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo restoring >> lines
until [ -e restore ]; do sleep 0.1; done
echo restored >> lines
\`\`\`
### Step 2: Check
\`\`\`bash
curl HEALTH
\`\`\`
`;

const auto = ['--auto', '--yes', 'all', '--plain'];
const MIGRATE = 10;

describe.skipIf(sshdMissing)('a run whose engine was killed', () => {
  let host: SmallHost;
  beforeEach(async () => {
    host = await startSmallHost({checklist, more: 'rollback: { countdown: 1s }\n'});
  });
  afterEach(() => host?.stop());

  const start = () => host.operator.start('run', host.checklist, '-b', host.bindings, ...auto);
  const journalFile = async () => join(await host.operator.runDirectory(), 'journal.ndjson');
  const jobsOf = async () => join(host.sshd.tminusHome, 'jobs');

  async function killInMigrate(): Promise<void> {
    const {ended} = start();
    await eventually('the step to be under way', () => host.lines('lines').includes('first'));
    await eventually('its output here', async () => (await output()).includes('20'));
    process.kill(await host.operator.enginePid(), 'SIGKILL');
    await ended;
  }

  async function output(): Promise<readonly string[]> {
    const file = join(await host.operator.runDirectory(), 'spool', 'output.log');
    return readFileSync(file, 'utf8').trim().split('\n');
  }

  test('goes on with its output where that stopped: no line twice, none missing', async () => {
    await killInMigrate();
    host.touch('go');
    const {code} = await host.operator.run('resume', '--plain');
    expect(code).toBe(0);
    const lines = (await output()).filter(line => /^\d+$|migrated$/.test(line));
    expect(lines).toEqual([...Array.from({length: 20}, (_, index) => `${index + 1}`), '$ echo migrated', 'migrated']);
    const [migrate] = finishedSteps(await host.operator.journal(), MIGRATE);
    expect(migrate?.outcome.kind === 'exited' && migrate.outcome.output).toContain('\n1\n2\n');
    const notes = (await host.operator.journal()).filter(event => event.type === 'note-added');
    expect(notes.map(({text}) => text).join()).toMatch(/taken up by a new engine: from .* nothing was watched/);
  });

  test('says unknown, and what is known, when the process is gone and its number is somebody else’s', async () => {
    await killInMigrate();
    const [job] = (await jobRecords()).filter(({text}) => !text.includes('@ done'));
    // As after a restart of the host: another start of the machine, and this number taken by another process.
    const other = job?.text.replace(/^@ pid (\d+) (\S+) (\S+)$/m, `@ pid ${process.pid} 1 00000000-before`);
    writeFileSync(job?.path ?? '', other ?? '');
    const {code} = await host.operator.run('resume', '--plain');
    expect(code).toBe(75);
    const [migrate] = finishedSteps(await host.operator.journal(), MIGRATE);
    expect(migrate?.verdict.kind).toBe('unknown');
    expect(migrate?.outcome).toMatchObject({
      kind: 'lost',
      detail: expect.stringContaining('was restarted while it ran'),
    });
    expect(migrate?.outcome).toMatchObject({detail: expect.stringMatching(/line 12 had begun and not ended/)});
    expect(host.lines('lines')).toEqual(['announced', 'first']);
  });

  test('never runs again what had begun, when its directory is not on the host any more', async () => {
    await killInMigrate();
    for (const {directory} of await jobRecords()) rmSync(directory, {recursive: true});
    const {code} = await host.operator.run('resume', '--plain');
    expect(code).toBe(75);
    expect(host.lines('lines')).toEqual(['announced', 'first']);
  });

  test('says unknown for a step that was told to end, if that is what came of it, and cancels it on the host', async () => {
    await killInMigrate();
    const journal = await host.operator.journal();
    expect(journal.at(-1)?.type).not.toBe('step-finished');
    const {child} = host.operator.start('rollback', '--plain');
    await eventually('the rollback', () => host.lines('lines').includes('restoring'));
    process.kill(await host.operator.enginePid(), 'SIGKILL');
    await new Promise(resolve => child.once('close', resolve));
    const again = host.operator.start('resume', '--plain');
    host.touch('restore');
    const {code} = await again.ended;
    expect(code).toBe(4);
    expect(host.lines('lines')).toEqual(['announced', 'first', 'restoring', 'restored']);
    const {at: told} = await host.operator.recorded('phase-changed', ({phase}) => phase === 'stopping');
    const [migrate, ...more] = finishedSteps(await host.operator.journal(), MIGRATE);
    if (migrate === undefined) throw new Error('the step has no end in the journal');
    expect(migrate.verdict.kind).toBeOneOf(truthsOfStopped(told, migrate));
    expect(more).toEqual([]);
    await eventually('the step to be gone from its host', async () =>
      (await jobRecords()).some(({path, text}) => path.includes(`-L${MIGRATE}-`) && /^@ (?:done|killed)/m.test(text)),
    );
  });

  test('goes on with the rollback of a deploy that was closed, and ends as that does', async () => {
    host.touch('go');
    expect((await start().ended).code).toBe(0);
    const rollback = host.operator.start('rollback', '--plain');
    await eventually('the rollback', () => host.lines('lines').includes('restoring'));
    process.kill(await host.operator.enginePid(), 'SIGKILL');
    await rollback.ended;
    const resumed = host.operator.start('resume', '--plain');
    await eventually('its console', async () => {
      const notes = (await host.operator.journal()).filter(event => event.type === 'note-added');
      return notes.some(({text}) => text.startsWith('taken up by a new engine'));
    });
    host.touch('restore');
    expect((await resumed.ended).code).toBe(4);
  });

  test('is not resumed once it is closed', async () => {
    host.touch('go');
    expect((await start().ended).code).toBe(0);
    const {code, said} = await host.operator.run('resume', '--plain');
    expect({code, said}).toEqual({
      code: 7,
      said: expect.stringMatching(/is closed \(succeeded: .*tminus(\.js)? report/),
    });
  });

  test('is not resumed silently when the checklist has changed: it shows how, and goes on with the old text when told to', async () => {
    await killInMigrate();
    host.touch('go');
    const text = readFileSync(host.checklist, 'utf8');
    writeFileSync(host.checklist, text.replace('echo restarted', 'echo restarted twice'));
    const refused = await host.operator.run('resume', '--plain');
    expect(refused.code).toBe(65);
    expect(refused.said).toContain('-echo restarted >> lines\n+echo restarted twice >> lines');
    expect(refused.said).toContain('--changed accept');
    const {code} = await host.operator.run('resume', '--plain', '--changed', 'accept');
    expect(code).toBe(0);
    expect(host.lines('lines')).toEqual(['announced', 'first', 'second', 'restarted']);
  });

  test('is not resumed with another text in its own directory', async () => {
    await killInMigrate();
    const copy = join(await host.operator.runDirectory(), 'checklist.md');
    appendFileSync(copy, '\n- [ ] one more\n');
    const {code, said} = await host.operator.run('resume', '--plain', '--changed', 'accept');
    expect({code, said}).toEqual({
      code: 65,
      said: expect.stringContaining(`${copy} is not what the run was opened with`),
    });
  });

  test('names a changed line of its journal everywhere, and goes on before it only when told to', async () => {
    await killInMigrate();
    host.touch('go');
    const file = await journalFile();
    const lines = readFileSync(file, 'utf8').split('\n');
    const changed = lines.findIndex(line => line.includes('"step-finished"'));
    lines[changed] = lines[changed]?.replace('"at":', '"at":1') ?? '';
    writeFileSync(file, lines.join('\n'));
    const named = `${file}: line ${changed + 1}: the checksum does not match`;
    for (const command of [['resume', '--plain'], ['rollback'], ['report'], ['rollback', '--print']]) {
      const {code, said} = await host.operator.run(...command);
      expect({command, code, said}).toEqual({command, code: 65, said: expect.stringContaining(named)});
    }
    const listed = await host.operator.run('runs');
    expect(listed.code).toBe(0);
    expect(listed.out).toContain('damaged');
    expect(listed.said).toContain(named);

    // Nobody knows what else was done: a person has to look before it goes on, and here there is none.
    const {code, out} = await host.operator.run('resume', '--plain', '--damaged', 'accept');
    expect(code).toBe(7);
    expect(out).toContain('the journal was damaged: look at what has been done');
    expect(host.lines('lines').filter(line => line === 'announced')).toHaveLength(1);
    expect(existsSync(`${file}.broken-at-${seqOf(lines[changed] ?? '')}`)).toBe(true);
  });

  test('names what is missing at the end of its journal', async () => {
    await killInMigrate();
    const file = await journalFile();
    const whole = readFileSync(file);
    truncateSync(file, whole.lastIndexOf('\n', whole.length - 2) + 1);
    const {code, said} = await host.operator.run('resume', '--plain');
    expect({code, said}).toEqual({
      code: 65,
      said: expect.stringMatching(/line \d+: the end is missing: \d+ more event/),
    });
  });

  test('drops a last line that was never finished, and says so', async () => {
    await killInMigrate();
    host.touch('go');
    appendFileSync(await journalFile(), '{"v":1,"seq":');
    const {code, said} = await host.operator.run('resume', '--plain');
    expect(code).toBe(0);
    expect(said).toContain('its last line was never finished');
  });

  function seqOf(line: string): number {
    return (JSON.parse(line) as {seq: number}).seq;
  }

  async function jobRecords(): Promise<readonly {directory: string; path: string; text: string}[]> {
    const jobs = await jobsOf();
    return readdirSync(jobs).map(name => {
      const directory = join(jobs, name);
      const path = join(directory, 'record');
      return {directory, path, text: readFileSync(path, 'utf8')};
    });
  }
});

// The first step waits until the log has been read: the deploy begins behind it.
const watched = `# Release
## Pre-deployment
\`\`\`bash
ssh user@your-vps-ip
until [ -e DIRECTORY/read ]; do sleep 0.1; done
\`\`\`
## Deployment
### Step 1: Migrate
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh slow.sh
curl -X POST HEALTH -d ordered
until [ -e again ]; do sleep 0.1; done
\`\`\`
### Step 2: No errors
- [ ] The log is quiet
`;

const watching = `logs:
  app: { on: vps, tail: DIRECTORY/app.log }
steps:
  - { match: The log is quiet, log: app, absent: ERROR }
`;

describe.skipIf(sshdMissing)('what a resumed run goes on with', () => {
  let host: SmallHost;
  beforeEach(async () => {
    host = await startSmallHost({checklist: watched, more: watching});
    writeFileSync(host.bindings, readFileSync(host.bindings, 'utf8').replace('DIRECTORY', host.directory));
    host.write('app.log', 'ERROR long ago\nold\n');
  });
  afterEach(() => host?.stop());

  test('each request that changes something sent once, each log line kept once, errors from before the deploy left out', async () => {
    host.touch('go');
    const {ended} = host.operator.start('run', host.checklist, '-b', host.bindings, ...auto);
    await eventually('the log to be read', async () => {
      const spool = join(await host.operator.runDirectory().catch(() => ''), 'spool', 'app.log');
      return existsSync(spool) && readFileSync(spool, 'utf8').includes('old\n');
    });
    host.touch('read');
    await eventually('the request', () => host.requests().length === 1);
    appendFileSync(join(host.directory, 'app.log'), 'before the crash\n');
    await eventually('the log', async () => (await output('app')).includes('before the crash'));
    await eventually('where it stands to be noted', async () => {
      const noted = readFileSync(join(await host.operator.runDirectory(), 'logs.json'), 'utf8');
      return noted.includes('"lines":3');
    });
    process.kill(await host.operator.enginePid(), 'SIGKILL');
    await ended;
    appendFileSync(join(host.directory, 'app.log'), 'while nobody looked\n');
    const resumed = host.operator.start('resume', '--plain');
    await eventually('the log again', async () => (await output('app')).includes('while nobody looked'));
    host.touch('again');
    expect((await resumed.ended).code).toBe(0);
    expect(host.requests()).toEqual(['POST ordered']);
    expect(await output('app')).toBe('ERROR long ago\nold\nbefore the crash\nwhile nobody looked\n');
  });

  async function output(source: string): Promise<string> {
    return readFileSync(join(await host.operator.runDirectory(), 'spool', `${source}.log`), 'utf8');
  }
});

describe.skipIf(sshdMissing)('a run that is resumed while its host cannot be reached', () => {
  let host: DistantHost;
  beforeEach(async () => {
    host = await startDistantHost({checklist});
  });
  afterEach(() => host?.stop());

  test('waits for the link, and then reads how the step has ended: it never says that it did not begin', async () => {
    const {ended} = host.operator.start('run', host.checklist, '-b', host.bindings, ...auto);
    await eventually('the step to be under way', () => host.lines('lines').includes('first'));
    process.kill(await host.operator.enginePid(), 'SIGKILL');
    await ended;
    host.link.cut();
    host.touch('go');
    const resumed = host.operator.start('resume', '--plain');
    await host.operator.recorded('link-lost');
    expect(finishedSteps(await host.operator.journal(), MIGRATE)).toEqual([]);
    host.link.mend();
    expect((await resumed.ended).code).toBe(0);
    const [migrate] = finishedSteps(await host.operator.journal(), MIGRATE);
    expect(migrate?.verdict.kind).toBe('passed');
    expect(host.lines('lines')).toEqual(['announced', 'first', 'second', 'restarted']);
  });
});

describe.skipIf(sshdMissing)('the lock of a checklist and its bindings', () => {
  let host: SmallHost;
  beforeEach(async () => {
    host = await startSmallHost({checklist, more: 'rollback: { countdown: 1s }\n'});
  });
  afterEach(() => host?.stop());

  const args = () => ['run', host.checklist, '-b', host.bindings, ...auto];

  test('keeps a second run, a resumed one and a rollback of an earlier one out, naming the holder, until that is dead', async () => {
    host.touch('go');
    host.write('slow-status', '3');
    expect((await host.operator.run(...args())).code).toBe(3);
    const [earlier = ''] = readdirSync(join(host.operator.home, 'runs'));
    rmSync(join(host.directory, 'go'));
    const live = host.operator.start(...args());
    await eventually(
      'the step to be under way',
      () => host.lines('lines').filter(line => line === 'first').length === 2,
    );
    const pid = await host.operator.enginePid();
    const held = new RegExp(`is being run by .* on .* \\(run .*, pid ${pid}, since \\d{4}-`);
    for (const command of [args(), ['rollback', earlier, '--plain']]) {
      const {code, said} = await host.operator.run(...command);
      expect({command, code, said}).toEqual({command, code: 9, said: expect.stringMatching(held)});
    }
    // Who was refused leaves nothing behind that would be taken for the newest run.
    expect(readdirSync(join(host.operator.home, 'runs'))).toHaveLength(2);
    process.kill(pid, 'SIGKILL');
    await live.ended;
    host.touch('restore');
    const {code} = await host.operator.run('rollback', earlier, '--plain');
    expect(code).toBe(4);
  });

  test('is no protection against others who may write the directory: no engine goes on there', async () => {
    host.touch('go');
    await host.operator.run(...args());
    chmodSync(await host.operator.runDirectory(), 0o777);
    const {code, said} = await host.operator.run('rollback', '--plain');
    expect({code, said}).toEqual({code: 7, said: expect.stringContaining('can be written by others')});
  });
});
