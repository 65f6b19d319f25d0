import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {World} from '../../../src/actions/world.ts';
import {alternatives, commands, expectKind, openTestWorld, performed, script} from '../../helpers/real-world.ts';

const root = mkdtempSync(join(tmpdir(), 'tminus-document-shell-'));
const homeBefore = process.env['TMINUS_HOME'];
let world: World;
let work: string;

beforeAll(() => {
  process.env['TMINUS_HOME'] = join(root, 'tminus');
  world = openTestWorld({directory: root}).world;
});

afterAll(async () => {
  await world.close();
  if (homeBefore === undefined) delete process.env['TMINUS_HOME'];
  else process.env['TMINUS_HOME'] = homeBefore;
  rmSync(root, {recursive: true, force: true});
});

beforeEach(() => {
  work = mkdtempSync(join(root, 'work-'));
  mkdirSync(join(work, 'sub'));
});

/** Every program there is but bash: a host such as Alpine. */
function pathWithoutBash(): string {
  const directory = join(root, 'no-bash');
  mkdirSync(directory);
  const names = new Map(['/usr/bin', '/bin'].flatMap(folder => readdirSync(folder).map(name => [name, folder])));
  for (const [name, folder] of names)
    if (!/^r?bash$/.test(name)) symlinkSync(join(folder, name), join(directory, name));
  return directory;
}

const shells = [
  {name: 'bash', exports: {}},
  {name: 'plain sh', exports: {PATH: pathWithoutBash()}},
] as const;

describe.each(shells)('the shell of a document, $name', ({name: shell, exports: given}) => {
  const run = async (stages: Parameters<typeof script>[0], more: Parameters<typeof script>[1] = {}) => {
    const {outcome, printed} = await performed(world, script(stages, {directory: work, exports: given, ...more}));
    return {outcome: expectKind(outcome, 'exited'), printed};
  };
  /** The shell went away with 0, by whatever way. */
  const leaving = [
    'exec true',
    'exec "${SHELL:-/bin/sh}"',
    'exit 0',
    'exit',
    '. ./leaves.sh',
    'if true; then exit 0; fi',
    'true && exit',
    "trap 'exit 0' EXIT; exit 3",
    'eval "exit 0"',
    'set -n',
  ];

  test.each(leaving)('%s names the commands that it keeps from running', async text => {
    writeFileSync(join(work, 'leaves.sh'), 'exit 0\n');
    const {outcome} = await run([commands('echo one', {line: 2, text}, 'touch three', 'touch four'), commands('echo')]);
    expect(outcome.code).toBe(0);
    expect(outcome.left).toMatchObject({line: 2, text});
    expect(outcome.left?.notRun.map(one => one.text)).toEqual(['touch three', 'touch four', 'echo']);
    expect(readdirSync(work).sort()).toEqual(['leaves.sh', 'sub']);
  });

  test('a trap at EXIT hides no failure', async () => {
    for (const options of [':', 'set -e']) {
      const {outcome} = await run([
        commands(`${options}; trap 'exit 0' EXIT`, {line: 7, text: 'false'}, 'touch never'),
      ]);
      expect([outcome.code, outcome.left?.line]).toEqual(options === ':' ? [1, undefined] : [0, 7]);
    }
    const last = await run([commands("set -e; trap 'exit 0' EXIT", {line: 7, text: 'false'})]);
    expect(last.outcome).toMatchObject({code: 0, left: {line: 7, notRun: []}});
  });

  test('exit 0 as the last command of all is its end', async () => {
    const {outcome} = await run([alternatives(['cd sub', 'export LAST=yes', 'exit 0'], ['touch never'])]);
    expect(outcome).toMatchObject({code: 0, directory: join(work, 'sub'), exports: {LAST: 'yes'}});
    expect(outcome.left).toBeUndefined();
    expect(outcome.commands.map(({code}) => code)).toEqual([0, 0, 0]);
  });

  test('return at the top is no way on', async () => {
    const {outcome} = await run([commands('return 0', 'touch never')]);
    expect(outcome.code !== 0 || outcome.left?.notRun.length === 1).toBe(true);
    expect(readdirSync(work)).toEqual(['sub']);
  });

  test('what exec or a failure ended is known by its status', async () => {
    const {outcome} = await run([commands({line: 4, text: 'exec sh -c "exit 6"'}, 'touch never')]);
    expect(outcome).toMatchObject({code: 6, commands: [{line: 4, code: 6}]});
    const {outcome: killed} = await performed(world, script([commands('kill $$', 'echo')], {directory: work}));
    expect(expectKind(killed, 'signalled')).toMatchObject({signal: 'TERM', commands: [{code: 143}]});
  });

  const settings = [
    "trap 'rm -f nothing' EXIT",
    "IFS='\n\t'",
    'IFS=x',
    'unset IFS',
    'set -f',
    'set -eu',
    'set -a',
    'set -C',
    'set -x',
    'umask 777',
    'umask 0',
    'exec >said 2>&1',
    'exec 2>&-',
    'PATH=/nowhere',
    'test() { false; }; date() { false; }; printf() { false; }; cd() { command cd "$@"; }; pwd() { echo /; }; sed() { :; }',
    "alias printf=false 'command=false' eval=false",
    'set -- one two',
    'unset PWD',
  ];

  test.each(settings)('after %s its directory and exports go on', async text => {
    const {outcome} = await run([commands(text, 'export COLOUR="blue  two"', 'cd sub', 'export OTHER=1')]);
    expect(outcome).toMatchObject({code: 0, directory: join(work, 'sub'), exports: {COLOUR: 'blue  two', OTHER: '1'}});
    expect(outcome.commands.map(({code}) => code)).toEqual([0, 0, 0, 0]);
    expect(outcome.left).toBeUndefined();
  });

  test('directory and exports of before a command that takes the shell away go on', async () => {
    const {outcome} = await run([commands('cd sub', 'export A=1', 'exec true')]);
    expect(outcome).toMatchObject({directory: join(work, 'sub'), exports: {A: '1'}, left: {notRun: []}});
  });

  test('what is exported no longer is none for the next fence', async () => {
    const {outcome} = await run([commands('unset GONE', 'export NEW=1', 'unset NEW')], {
      exports: {...given, GONE: 'before'},
    });
    expect(outcome.unset).toContain('GONE');
    expect(outcome.exports).toBeUndefined();
  });

  test('its options and IFS hold for its own commands and show nothing of ours', async () => {
    const {printed, outcome} = await run([
      commands("IFS=:; set -fx; set -- 'a:b'", 'echo $1 *', '{ set +x; } 2>/dev/null', 'echo after'),
    ]);
    expect(outcome.code).toBe(0);
    expect(printed).not.toContain('_tm_');
    expect(printed).toMatch(/\+ echo a b '?\*'?\na b \*\n/);
    expect(printed.endsWith('$ echo after\nafter\n')).toBe(true);
  });

  test('its aliases and functions are there for its next commands', async () => {
    const {printed} = await run([commands("alias hello='echo hello'; bye() { echo bye; }", 'hello you', 'bye')]);
    expect(printed).toContain('hello you\n');
    expect(printed.endsWith('bye\n')).toBe(true);
  });

  test('its trap at EXIT is run when it ends', async () => {
    const {printed, outcome} = await run([commands("trap 'echo cleaned' EXIT", 'echo work')]);
    expect(outcome.code).toBe(0);
    expect(printed.endsWith('work\ncleaned\n')).toBe(true);
  });

  test('set -e ends it at the failure inside a command', async () => {
    const {outcome} = await run([commands('set -e', {line: 2, text: 'false; touch never'}, 'echo')]);
    expect(outcome.code).toBe(1);
    expect(outcome.commands.at(-1)).toMatchObject({line: 2, code: 1});
    expect(readdirSync(work)).toEqual(['sub']);
  });

  const pipelines = [
    'sh -c "exit 2" | cat',
    'sh -c "exit 2" | cat | wc -c >size && echo ok',
    'for one in a; do sh -c "exit 2" | cat; done',
    'if ! sh -c "exit 2" | cat; then echo; fi',
    'size=$(sh -c "exit 2" | wc -c)',
    'dump() { exit 2; }; dump | cat',
    'set -e; dump() { sh -c "exit 2"; echo never; }; dump | cat',
    'set -x; sh -c "exit 2" | cat',
    '( sh -c "exit 2" ) 2>/dev/null | cat',
    'cat <<END | cat; sh -c "exit 2" | cat\ntext\nEND',
  ];

  test.each(pipelines)('a failed part of a pipeline is told: %s', async text => {
    const {outcome, printed} = await run([commands({line: 5, text}, 'echo behind')]);
    expect(outcome.code).toBe(0);
    expect(outcome.doubts).toEqual([expect.stringMatching(/^line 5: .* ended with 2 inside its pipeline$/)]);
    expect(printed).not.toContain('\nnever\n');
    expect(printed).not.toContain('_tm_');
  });

  test.each([
    'yes | head -1',
    'echo a | grep -v a | wc -l',
    'cat nowhere | head -1',
    'echo a | cat',
    'true | cat &',
    'until sh -c "cat ready || { echo ok >ready; exit 2; }" | grep ok; do :; done',
    'sh -c "exit 2" | grep a || true',
    'for one in 3 0; do sh -c "[ $one = 0 ] && echo ok; exit $one" | grep ok && break; done',
  ])('%s is a pipeline like others', async text => {
    const {outcome} = await run([commands(text)]);
    expect([outcome.code, outcome.doubts]).toEqual([0, undefined]);
  });

  test('of a pipeline that another shell runs it says that it was not seen', async () => {
    const {outcome} = await run([commands({line: 3, text: 'sh -c "false | cat"'})]);
    expect(outcome.unseen).toEqual([expect.stringContaining('line 3: ')]);
  });

  if (shell === 'bash') {
    test.each([
      "set -T; trap 'echo debugged' DEBUG",
      "set -T; trap 'echo returned' RETURN",
      "set -Eeu; IFS=E; trap 'echo failed' ERR",
    ])('%s says nothing of ours, and its directory and exports go on', async text => {
      const {outcome, printed} = await run([commands(text, 'cd sub', 'export COLOUR=blue', 'declare -x OTHER=1')]);
      expect(outcome).toMatchObject({code: 0, directory: join(work, 'sub'), exports: {COLOUR: 'blue', OTHER: '1'}});
      expect(printed).not.toMatch(/^(?:failed|returned)/m);
    });

    test('what it sends through a program of its own is its output', async () => {
      const slow = 'exec > >(while read -r line; do sleep 0.3; echo "late $line"; done) 2>&1';
      const {printed} = await run([commands(slow, 'seq 3')]);
      expect(printed.endsWith('late 1\nlate 2\nlate 3\n')).toBe(true);
    });

    test('set -euo pipefail is the document’s own judge of pipelines', async () => {
      const {outcome} = await run([commands('set -euo pipefail', {line: 2, text: 'false | cat'}, 'touch never')]);
      expect(outcome.code).toBe(1);
      expect(readdirSync(work)).toEqual(['sub']);
    });
  }

  test('leaves nothing of its values in its directory', async () => {
    const request = script([commands('export TOKEN=hush', 'cd sub')], {directory: work, exports: given});
    await performed(world, request);
    const job = join(root, 'tminus/jobs', request.jobId);
    await expect.poll(() => readdirSync(job).sort()).toEqual(['out', 'record']);
    expect(readFileSync(join(job, 'out'), 'utf8')).toBe('$ export TOKEN=hush\n$ cd sub\n');
  });
});
