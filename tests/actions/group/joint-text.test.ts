import {execFileSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {chmodSync, copyFileSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {jointText, type Part, partsSaid} from '../../../src/actions/group/joint-text.ts';
import {eventually} from '../../helpers/eventually.ts';
import {endProcessesWith, processesWith} from '../../helpers/proc.ts';

const MARK = '=mark=';
const WITHIN_S = 60;
/** `shell`: what to run, with its arguments. */
const ended = (parts: readonly Part[], shell = 'sh', env = process.env) => {
  const [program = '', ...words] = shell.split(' ');
  const input = `{\n${jointText(parts, MARK)}\n} </dev/null\n`;
  const printed = execFileSync(program, words, {input, encoding: 'utf8', timeout: 60_000, env});
  return partsSaid(printed, MARK, parts.length);
};

describe('several texts in one', () => {
  test.each(['sh', 'bash'])('each have their own output and exit code in %s', shell => {
    const texts = ['echo one', 'false', '( exit 3 )', 'printf "a\\n\\n"', 'echo "it\'s" 100%; cat'];
    const parts = texts.map(text => ({text, withinS: WITHIN_S}));
    const said = [
      {code: 0, output: 'one\n'},
      {code: 1, output: ''},
      {code: 3, output: ''},
      {code: 0, output: 'a\n\n'},
      {code: 0, output: "it's 100%\n"},
    ];
    expect(ended(parts, shell)).toEqual(said);
  });

  test('run at the same time, also behind one that prints more than a pipe holds', () => {
    // Each waits for what only the other does.
    const [one, other] = ['$1 <$2', '$1 >$2'];
    const dir = execFileSync('mktemp', ['-d'], {encoding: 'utf8'}).trim();
    execFileSync('mkfifo', [`${dir}/way`]);
    const much = 'head -c 300000 /dev/zero | tr "\\0" x';
    const parts = [much, one, other, much].map(text => ({
      withinS: WITHIN_S,
      text: text.replace('$1', text === one ? 'cat' : 'echo met').replace('$2', `${dir}/way`),
    }));
    const said = ended(parts);
    execFileSync('rm', ['-r', dir]);
    expect(said.map(part => part?.output.length)).toEqual([300_000, 4, 0, 300_000]);
  });

  describe.each(['sh', 'bash'])('that take too long, in %s,', shell => {
    const other = {text: 'echo one', withinS: WITHIN_S};

    test('are ended with what they have started, which keeps the answers of the others', async () => {
      const name = `asked-${randomUUID()}`;
      const long = `env NAME=${name} sleep 600`;
      const late = {text: `echo begun; (${long}) & (trap '' TERM; ${long}; ${long})`, withinS: 1};
      expect(ended([late, other], shell)).toEqual([{output: 'begun'}, {code: 0, output: 'one\n'}]);
      await eventually('the end of what was asked', () => processesWith(name).length === 0);
    });

    test.each([
      ['have a session of their own', (long: string) => `setsid ${long} & wait`],
      ['are left running', (long: string) => `setsid ${long} & exit 0`],
    ])('keep nobody waiting when they %s', (_, textOf) => {
      const name = `asked-${randomUUID()}`;
      const late = {text: `(${textOf(`env NAME=${name} sleep 600`)})`, withinS: 1};
      expect(ended([late, other], shell)[1]).toEqual({code: 0, output: 'one\n'});
      // It is what held the stream open.
      expect(processesWith(name)).toHaveLength(1);
      endProcessesWith(name);
    });
  });

  test.skipIf(process.getuid?.() !== 0)('keep nobody waiting where they cannot be ended at all', async () => {
    const programs = mkdtempSync(join(tmpdir(), 'tminus-programs-'));
    chmodSync(programs, 0o755);
    const asRoot = join(programs, 'as-root');
    copyFileSync(execFileSync('sh', ['-c', 'command -v setpriv'], {encoding: 'utf8'}).trim(), asRoot);
    chmodSync(asRoot, 0o4755);
    const name = `asked-${randomUUID()}`;
    // Nobody may end root's, and this one is the shell of the part itself.
    const text = `echo begun; exec ${asRoot} --reuid=0 --regid=0 --clear-groups env NAME=${name} sleep 600`;
    const nobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups sh';
    const parts = [
      {text, withinS: 1},
      {text: 'echo one', withinS: WITHIN_S},
    ];
    expect(ended(parts, nobody)).toEqual([{output: 'begun'}, {code: 0, output: 'one\n'}]);
    expect(processesWith(name)).not.toHaveLength(0);
    endProcessesWith(name);
    rmSync(programs, {recursive: true});
  });

  test('keep nobody waiting on a host without setsid either', () => {
    const programs = mkdtempSync(join(tmpdir(), 'tminus-programs-'));
    for (const name of ['sh', 'sed', 'cat', 'sleep', 'env']) {
      const path = execFileSync('sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim();
      symlinkSync(path, join(programs, name));
    }
    const name = `asked-${randomUUID()}`;
    const parts = [
      {text: `echo begun; (env NAME=${name} sleep 600)`, withinS: 1},
      {text: 'echo one; ! command -v setsid', withinS: WITHIN_S},
    ];
    expect(ended(parts, 'sh', {PATH: programs})).toEqual([{output: 'begun'}, {code: 0, output: 'one\n'}]);
    endProcessesWith(name);
    rmSync(programs, {recursive: true});
  });

  test('are undefined where the answer broke off', () => {
    expect(partsSaid(`one${MARK}0${MARK}\ntw`, MARK, 2)).toEqual([{code: 0, output: 'one'}, undefined]);
  });
});
