/** Several people at one run, each in a Unix account of their own. */
import {execFileSync, spawnSync} from 'node:child_process';
import {chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readJournal} from '../../src/journal/read-journal.ts';
import {findRun} from '../../src/journal/run-directory.ts';
import type {Recorded} from '../../src/run/event.ts';
import {eventually} from '../helpers/eventually.ts';
import {
  addAccount,
  addGroup,
  commandAs,
  type OtherAccount,
  othersMissing,
  publicToolbox,
  type RawConsole,
  rawConsoleAs,
  removeAccounts,
} from '../helpers/other-account.ts';
import {endProcessesWith} from '../helpers/proc.ts';
import {acceptReading} from '../helpers/program.ts';
import {openPty, type Pty} from '../helpers/pty.ts';

const REFUSED = 7;
const USAGE = 2;
const tag = process.pid.toString(36);

const checklist = (written: string) => `# Release

## Deployment Steps

\`\`\`bash {approve=2}
echo migrated >>${written}
\`\`\`

## Verification

- [ ] Looked at it
`;

describe.skipIf(othersMissing !== undefined)('a run that is open to a group', () => {
  let toolbox: ReturnType<typeof publicToolbox>;
  let group: {name: string; gid: number};
  let [ana, bo, cy]: OtherAccount[] = [];
  let home = '';
  let workplace = '';
  let written = '';
  let runDirectory = '';
  let driver: Pty;
  const opened: {kill(): void}[] = [];

  beforeAll(() => {
    toolbox = publicToolbox(true);
    group = addGroup(`tm-${tag}`);
    ana = addAccount(`tm-ana-${tag}`, group);
    bo = addAccount(`tm-bo-${tag}`, group);
    cy = addAccount(`tm-cy-${tag}`);
    workplace = join(toolbox.directory, 'work');
    home = join(workplace, 'state');
    written = join(workplace, 'written');
    mkdirSync(workplace);
    writeFileSync(join(workplace, 'release.md'), checklist(written));
    acceptReading(workplace, process.env, ['release.md']);
    chownSync(workplace, account(ana).uid, account(ana).gid);
  });

  afterAll(() => {
    for (const one of opened) one.kill();
    if (toolbox !== undefined) endProcessesWith(toolbox.directory);
    const made = [ana, bo, cy].filter(one => one !== undefined);
    if (group !== undefined) removeAccounts(made, group);
    toolbox?.remove();
  });

  const account = (one: OtherAccount | undefined): OtherAccount => {
    if (one === undefined) throw new Error('the account was not made');
    return one;
  };
  const tminus = (...args: readonly string[]) => [toolbox.node, toolbox.program, ...args];
  const env = () => ({TMINUS_HOME: home, HOME: workplace});

  function terminalOf(who: OtherAccount | undefined, ...args: readonly string[]): Pty {
    const pty = openPty(commandAs(account(who), tminus(...args)), {env: env(), cwd: workplace});
    opened.push(pty);
    return pty;
  }

  function rawOf(who: OtherAccount | undefined, hello: object, directory = runDirectory): RawConsole {
    const raw = rawConsoleAs(account(who), toolbox, join(directory, 'engine.sock'), hello);
    opened.push({kill: () => void raw.child.kill('SIGKILL')});
    return raw;
  }

  function ranAs(who: OtherAccount | undefined, ...command: readonly string[]): {code: number | null; text: string} {
    const [program, args] = commandAs(account(who), command);
    const {status, stdout, stderr} = spawnSync(program, args, {
      cwd: workplace,
      env: {...process.env, ...env()},
      encoding: 'utf8',
    });
    return {code: status, text: stdout + stderr};
  }

  const events = async () => (await readJournal(runDirectory)).events;
  const recorded = <T extends Recorded['type']>(type: T, nth = 0) =>
    eventually(
      `${type} in the journal`,
      async () =>
        (await events()).filter(event => event.type === type)[nth] as Extract<Recorded, {type: T}> | undefined,
      {seen: async () => (await events()).map(event => JSON.stringify(event)).join('\n')},
    );

  async function newestRun(other = ''): Promise<string> {
    return await eventually('a run', async () => {
      const directory = (await findRun(home, undefined))?.directory;
      return directory !== undefined && directory !== other && existsSync(join(directory, 'engine.sock')) && directory;
    });
  }

  test('is refused where nobody could come in, with what to do', () => {
    const run = (...flags: readonly string[]) =>
      ranAs(ana, ...tminus('run', 'release.md', '--auto', '--plain', ...flags));
    expect(run('--approve', '2')).toMatchObject({code: USAGE, text: expect.stringContaining('needs --group')});
    expect(run('--group', 'no-such-group')).toMatchObject({
      code: USAGE,
      text: expect.stringContaining('no Unix group'),
    });
    expect(run('--group', 'root')).toMatchObject({code: USAGE, text: expect.stringContaining('not in the group')});
    execFileSync('chmod', ['700', workplace]);
    const unreachable = run('--group', group.name);
    execFileSync('chmod', ['755', workplace]);
    expect(unreachable).toMatchObject({code: USAGE, text: expect.stringContaining(`cannot get through ${workplace}`)});
  });

  test('is opened by one, who drives', async () => {
    driver = terminalOf(ana, 'run', 'release.md', '--group', group.name, '--approve', '2', '--as', 'Ana');
    await driver.shows('you drive');
    runDirectory = await newestRun();
    const person = `Ana (${account(ana).name})`;
    expect(await recorded('run-opened')).toMatchObject({user: person, group: group.name, approvers: 2});
    expect(await recorded('console-joined')).toMatchObject({
      by: person,
      console: {
        user: account(ana).name,
        uid: account(ana).uid,
        name: 'Ana',
        claimed: 'name',
        terminal: expect.stringMatching(/^pts/),
      },
    });
  });

  test('shows the group what it needs to see, and nobody else anything', async () => {
    const mode = (name: string) => (statSync(join(runDirectory, name)).mode & 0o7777).toString(8);
    const modes = ['.', 'spool', 'arrivals', 'engine.sock', 'journal.ndjson', 'spool/output.log', 'options.json'].map(
      name => `${name} ${mode(name)}`,
    );
    expect(modes).toEqual([
      '. 2750',
      'spool 2750',
      'arrivals 1770',
      'engine.sock 660',
      'journal.ndjson 640',
      'spool/output.log 640',
      'options.json 600',
    ]);
    const cat = (who: OtherAccount | undefined, name: string) => ranAs(who, 'cat', join(runDirectory, name)).code;
    expect([cat(bo, 'journal.ndjson'), cat(bo, 'options.json'), cat(cy, 'journal.ndjson')]).toEqual([0, 1, 1]);
  });

  test('lets nobody in who is not of the group', async () => {
    expect(await rawOf(cy, {name: account(ana).name}).heard('error')).toMatchObject({code: 'EACCES'});
    const attached = ranAs(cy, ...tminus('attach', runDirectory, '--plain'));
    expect(attached.code).not.toBe(0);
  });

  test('knows a member as who it is, and refuses it everything while another drives', async () => {
    const raw = rawOf(bo, {user: account(ana).name, uid: account(ana).uid, name: account(ana).name});
    const {consoleId, state} = await raw.heard('welcome');
    expect(state.consoles[consoleId]).toMatchObject({user: account(bo).name, uid: account(bo).uid, claimed: 'name'});
    raw.say({type: 'intent', id: 1, intent: {type: 'pass-baton', to: consoleId, takeOver: true}});
    raw.say({type: 'intent', id: 2, intent: {type: 'run-step', stepId: 'L5', override: 'now'}});
    const answers = () => raw.messages.filter(message => message.type === 'answer');
    await eventually('both answers', () => answers().length === 2);
    expect(answers()).toEqual([
      {type: 'answer', id: 1, refusal: expect.stringContaining('drives: ask for the baton')},
      {type: 'answer', id: 2, refusal: expect.stringContaining('you observe')},
    ]);
    raw.child.kill('SIGKILL');
    expect(await recorded('console-left')).toMatchObject({name: `${account(ana).name} (${account(bo).name})`});
  });

  test('waits at a marked step until somebody of another account has seen and approved it', async () => {
    driver.type('a');
    const asked = await recorded('approval-asked');
    await driver.shows('nobody of another account is attached');
    const sameAccount = rawOf(ana, {name: 'bo'});
    await sameAccount.heard('welcome');
    sameAccount.say({type: 'intent', id: 1, intent: {type: 'approve', id: asked.id}});
    expect(await sameAccount.heard('answer')).toMatchObject({
      refusal: expect.stringContaining('names are only claimed'),
    });
    expect(existsSync(written)).toBe(false);
    const second = terminalOf(bo, 'attach', runDirectory, '--observe');
    await second.shows('asks you to approve');
    await driver.shows(account(bo).name);
    second.type('A');
    await second.shows('echo migrated');
    second.type('a');
    await recorded('step-finished');
    expect(await recorded('approval-given')).toMatchObject({by: account(bo).name});
    expect(await recorded('step-started')).toMatchObject({askedBy: `Ana (${account(ana).name})`});
    expect(readFileSync(written, 'utf8')).toBe('migrated\n');
    sameAccount.child.kill('SIGKILL');
  });

  test('goes to another member when the driver has gone', async () => {
    driver.type('q');
    await driver.shows('Leave the console');
    driver.type('d');
    await driver.exit;
    const next = terminalOf(bo, 'attach', runDirectory);
    await next.shows('nobody drives');
    next.type('b');
    await next.shows('you drive');
    const passed = await recorded('baton-passed', 1);
    expect(passed).toMatchObject({by: account(bo).name, name: account(bo).name, because: 'nobody else drove'});
    next.type('q');
    await next.shows('Leave the console');
    next.type('a');
    await next.shows('Abort the run');
    next.type('enough\r');
    await recorded('run-closed');
    const readIt = () => ranAs(bo, 'cat', join(runDirectory, 'report.md'));
    const {text: report} = await eventually('the record', () => (readIt().code === 0 ? readIt() : undefined));
    expect(report).toContain('name only claimed');
    expect(report).toMatch(/approved for Ana .*/);
  });

  test('is the exception: by default nobody else gets as far as the socket', async () => {
    const before = runDirectory;
    terminalOf(ana, 'run', 'release.md');
    const directory = await newestRun(before);
    expect(statSync(directory).mode & 0o7777).toBe(0o700);
    expect(statSync(join(directory, 'engine.sock')).mode & 0o777).toBe(0o600);
    expect(await rawOf(bo, {}, directory).heard('error')).toMatchObject({code: 'EACCES'});
    const attached = ranAs(bo, ...tminus('attach', directory, '--plain'));
    expect(attached.code).not.toBe(0);
    expect(attached.text).toMatch(/^tminus: .+\n$/);
    expect([REFUSED, USAGE]).toContain(attached.code);
  });
});
