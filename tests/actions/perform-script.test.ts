import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {World} from '../../src/actions/world.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {
  alternatives,
  bindings,
  box,
  commands,
  directoryProof,
  expectKind,
  here,
  hostAt,
  openTestWorld,
  performed,
  script,
} from '../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../helpers/sshd.ts';

const root = mkdtempSync(join(tmpdir(), 'tminus-script-'));
const homeBefore = process.env['TMINUS_HOME'];
let work: string;
let sshd: Sshd | undefined;
let worlds: Record<'local' | 'host' | 'itself', World>;

beforeAll(async () => {
  process.env['TMINUS_HOME'] = join(root, 'tminus');
  if (!sshdMissing) sshd = await startSshd();
  const remote = sshd === undefined ? {} : {vps: hostAt('box', sshd.configFile)};
  worlds = {
    local: openTestWorld({directory: root}).world,
    host: openTestWorld({directory: root, bindings: bindings({hosts: remote})}).world,
    itself: openTestWorld({directory: root, bindings: bindings({hosts: {vps: hostAt('local')}})}).world,
  };
});

afterAll(async () => {
  for (const world of Object.values(worlds)) await world.close();
  await sshd?.stop();
  if (homeBefore === undefined) delete process.env['TMINUS_HOME'];
  else process.env['TMINUS_HOME'] = homeBefore;
  rmSync(root, {recursive: true, force: true});
});

beforeEach(() => {
  work = mkdtempSync(join(root, 'work-'));
});

/** Every program there is but bash: a host such as Alpine. */
function pathWithoutBash(): string {
  const directory = join(root, 'no-bash');
  mkdirSync(directory);
  for (const folder of ['/bin', '/usr/bin']) {
    for (const name of readdirSync(folder)) {
      if (!/^r?bash$/.test(name) && !existsSync(join(directory, name)))
        symlinkSync(join(folder, name), join(directory, name));
    }
  }
  return directory;
}

const places = [
  {name: 'this machine', key: 'local', place: here, exports: {}},
  {name: 'this machine, in plain sh', key: 'local', place: here, exports: {PATH: pathWithoutBash()}},
  {name: 'a host over SSH', key: 'host', place: box, exports: {}},
  {name: 'a host that is this machine', key: 'itself', place: box, exports: {}},
] as const;

describe.each(places)('a script on $name', ({key, place, exports: given}) => {
  const isSkipped = key === 'host' && sshdMissing;
  const run = (stages: Parameters<typeof script>[0], more: Parameters<typeof script>[1] = {}) =>
    performed(worlds[key], script(stages, {place, directory: work, exports: given, ...more}));

  test.skipIf(isSkipped)('prints each command before its output and stops at the first that fails', async () => {
    const {outcome, printed} = await run([commands('echo one', 'sh -c "exit 3"', 'echo three')]);
    const exited = expectKind(outcome, 'exited');
    expect(exited.code).toBe(3);
    expect(exited.commands.map(({text, code}) => [text, code])).toEqual([
      ['echo one', 0],
      ['sh -c "exit 3"', 3],
    ]);
    expect(printed).toBe('$ echo one\none\n$ sh -c "exit 3"\n');
    expect(exited.output).toBe(printed);
  });

  test.skipIf(isSkipped)('keeps plain variables for the commands after', async () => {
    const {outcome, printed} = await run([commands('name=value', 'echo "<$name>"')]);
    expect(expectKind(outcome, 'exited').code).toBe(0);
    expect(printed).toContain('<value>');
  });

  test.skipIf(isSkipped)('hands directory and exported variables on to the next request', async () => {
    mkdirSync(join(work, 'sub'));
    const tricky = `it's "$HOME" \\n ünïcode`;
    const first = await run([
      commands('cd sub', 'export COLOUR=blue', `export TRICKY='${tricky.replaceAll("'", `'\\''`)}'`),
    ]);
    const {directory, exports} = expectKind(first.outcome, 'exited');
    expect(directory).toBe(join(work, 'sub'));
    expect(exports).toEqual({COLOUR: 'blue', TRICKY: tricky});
    const second = await run([commands('pwd', 'printf "%s\\n" "$COLOUR" "$TRICKY"')], {
      directory: directory ?? '',
      exports: {...given, ...exports},
    });
    expect(second.printed).toContain(`${join(work, 'sub')}\n`);
    expect(second.printed).toContain(`blue\n${tricky}\n`);
    expect(expectKind(second.outcome, 'exited').exports).toBeUndefined();
  });

  test.skipIf(isSkipped)('says so when its directory does not exist, and runs nothing', async () => {
    const {outcome, printed} = await run([commands('touch /tmp/tminus-must-not-exist')], {
      directory: join(work, 'gone'),
    });
    expect(expectKind(outcome, 'exited')).toMatchObject({code: 1, commands: []});
    expect(printed).toContain(`cannot enter ${join(work, 'gone')}`);
    expect(existsSync('/tmp/tminus-must-not-exist')).toBe(false);
  });

  test.skipIf(isSkipped)('evaluates a captured expression once for all commands that hold it', async () => {
    const captures = [{expression: '$(date +%N)', name: 'STAMP'}];
    const {outcome} = await run([
      commands(
        {line: 1, text: 'echo "$(date +%N)" > one', captures},
        {line: 2, text: "echo $(date +%N) '$(date +%N)' > two", captures},
      ),
      alternatives([{line: 3, text: 'echo x.$(date +%N) > three', captures}]),
    ]);
    const {captures: captured} = expectKind(outcome, 'exited');
    const read = (name: string) => readFileSync(join(work, name), 'utf8').trim();
    expect(captured).toEqual({STAMP: read('one')});
    expect(read('two')).toBe(`${read('one')} $(date +%N)`);
    expect(read('three')).toBe(`x.${read('one')}`);
  });

  test.skipIf(isSkipped)('runs one arm only when the first one does', async () => {
    const {outcome} = await run([alternatives(['touch first'], ['touch second'])]);
    expect(expectKind(outcome, 'exited').commands.map(({arm}) => arm)).toEqual(['arm-1']);
    expect([existsSync(join(work, 'first')), existsSync(join(work, 'second'))]).toEqual([true, false]);
  });

  test.skipIf(isSkipped)('tries the next arm when one fails, from where the first began', async () => {
    const {outcome} = await run([
      alternatives(['cd /', 'false', 'touch never'], ['touch second']),
      commands('echo after'),
    ]);
    const {code, commands: ran} = expectKind(outcome, 'exited');
    expect(code).toBe(0);
    expect(ran.map(({arm, code}) => [arm, code])).toEqual([
      ['arm-1', 0],
      ['arm-1', 1],
      ['arm-2', 0],
      [undefined, 0],
    ]);
    expect(existsSync(join(work, 'second'))).toBe(true);
  });

  test.skipIf(isSkipped)('passes over an arm whose inputs are missing without running any of it', async () => {
    const requires = [directoryProof('backup')];
    const {outcome, printed} = await run([
      alternatives(['cd .', 'touch started', {text: 'cp -r backup live', requires}], ['touch second']),
    ]);
    expect(expectKind(outcome, 'exited').code).toBe(0);
    expect([existsSync(join(work, 'started')), existsSync(join(work, 'second'))]).toEqual([false, true]);
    expect(printed).toContain('directory backup missing');
  });

  test.skipIf(isSkipped)('proves an arm in the directory that the arm enters', async () => {
    mkdirSync(join(work, 'app/backup'), {recursive: true});
    const {outcome} = await run([
      alternatives(['cd app', {text: 'mv backup live', requires: [directoryProof('backup')]}]),
    ]);
    expect(expectKind(outcome, 'exited').code).toBe(0);
    expect(existsSync(join(work, 'app/live'))).toBe(true);
  });

  test.skipIf(isSkipped)('removes nothing when the backup it would restore is missing', async () => {
    mkdirSync(join(work, 'live'));
    const requires = [directoryProof('backup')];
    const restore = [{text: 'rm -rf live'}, {text: 'cp -r backup live', requires}];
    for (const stage of [commands(...restore), alternatives(restore)]) {
      const {outcome} = await run([stage]);
      expect(expectKind(outcome, 'refused')).toMatchObject({reason: 'not-proved', detail: 'directory backup missing'});
      expect(existsSync(join(work, 'live'))).toBe(true);
    }
  });

  test.skipIf(isSkipped)('passes over an optional command whose inputs are missing', async () => {
    const optional = {text: 'cp .env.backup .env', requires: [directoryProof('nowhere')], optional: true};
    const {outcome, printed} = await run([commands(optional, 'echo after')]);
    const {code, commands: ran} = expectKind(outcome, 'exited');
    expect([code, ran.map(({text}) => text)]).toEqual([0, ['echo after']]);
    expect(printed).toContain('# passed over: cp .env.backup .env (directory nowhere missing)');
  });

  test.skipIf(isSkipped)('reports a command that a signal ended', async () => {
    const {outcome} = await run([commands('sh -c "kill -KILL \\$\\$"')]);
    expect(expectKind(outcome, 'signalled')).toMatchObject({signal: 'KILL'});
  });

  test.skipIf(isSkipped)('ends with the status of exit, and with that of a command that is not sh', async () => {
    expect(expectKind((await run([commands('exit 7', 'touch never')])).outcome, 'exited').code).toBe(7);
    expect(expectKind((await run([commands('echo (', 'touch never')])).outcome, 'exited').code).not.toBe(0);
    expect(existsSync(join(work, 'never'))).toBe(false);
  });

  test.skipIf(isSkipped)('gives commands no standard input to wait for', async () => {
    const {outcome, printed} = await run([commands('cat', 'echo "$TERM $PAGER $GIT_TERMINAL_PROMPT"')]);
    expect(expectKind(outcome, 'exited').code).toBe(0);
    expect(printed).toContain('dumb cat 0');
  });

  test.skipIf(isSkipped)('stops what runs longer than it may', async () => {
    const {outcome} = await run([commands('sleep 60')], {timeoutMs: 300});
    expect(expectKind(outcome, 'timed-out').commands).toMatchObject([{text: 'sleep 60'}]);
  });

  test.skipIf(isSkipped)('leaves processes it started in the background behind', async () => {
    const {outcome} = await run([commands('(sleep 0.4; touch later) &', 'echo started')]);
    expect(expectKind(outcome, 'exited').code).toBe(0);
    await expect.poll(() => existsSync(join(work, 'later')), PATIENT).toBe(true);
  });

  test.skipIf(isSkipped)('never runs the same job twice', async () => {
    const request = script([commands('echo ran >> times')], {place, directory: work});
    await performed(worlds[key], request);
    const {outcome} = await performed(worlds[key], request);
    expect(expectKind(outcome, 'exited').code).toBe(0);
    expect(readFileSync(join(work, 'times'), 'utf8')).toBe('ran\n');
  });

  test.skipIf(isSkipped)('leaves no script with its values on the host', async () => {
    const request = script([commands('echo done')], {place, directory: work, exports: {TOKEN: 'hush'}});
    await performed(worlds[key], request);
    const home = key === 'host' ? (sshd?.tminusHome ?? '') : join(root, 'tminus');
    const job = join(home, 'jobs', request.jobId);
    await expect.poll(() => existsSync(join(job, 'run'))).toBe(false);
    expect(existsSync(join(job, 'body'))).toBe(false);
    expect(readFileSync(join(job, 'out'), 'utf8')).toBe('$ echo done\ndone\n');
  });

  test.skipIf(isSkipped)('prints bytes as they are, however many', async () => {
    writeFileSync(join(work, 'big'), Buffer.alloc(3_000_000, 'x'));
    const {printed} = await run([commands('cat big')]);
    expect(printed.length).toBe('$ cat big\n'.length + 3_000_000);
  });
});
