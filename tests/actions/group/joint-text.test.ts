import {execFileSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {jointText, type Part, partsSaid} from '../../../src/actions/group/joint-text.ts';

const MARK = '=mark=';
const ended = (parts: readonly Part[], shell = 'sh') => {
  const input = `{\n${jointText(parts, MARK)}\n} </dev/null\n`;
  const printed = execFileSync(shell, {input, encoding: 'utf8', timeout: 60_000});
  return partsSaid(printed, MARK, parts.length);
};

describe('several texts in one', () => {
  test.each(['sh', 'bash'])('each have their own output and exit code in %s', shell => {
    const parts = ['echo one', 'false', '( exit 3 )', 'printf "a\\n\\n"', 'echo "it\'s" 100%; cat'].flatMap(text => [
      {text},
      {text, withinS: 20},
    ]);
    const said = [
      {code: 0, output: 'one\n'},
      {code: 1, output: ''},
      {code: 3, output: ''},
      {code: 0, output: 'a\n\n'},
      {code: 0, output: "it's 100%\n"},
    ];
    expect(ended(parts, shell)).toEqual(said.flatMap(one => [one, one]));
  });

  test('run at the same time, also behind one that prints more than a pipe holds', () => {
    // Each waits for what only the other does.
    const [one, other] = ['$1 <$2', '$1 >$2'];
    const dir = execFileSync('mktemp', ['-d'], {encoding: 'utf8'}).trim();
    execFileSync('mkfifo', [`${dir}/way`]);
    const much = 'head -c 300000 /dev/zero | tr "\\0" x';
    const parts = [much, one, other, much].map(text => ({
      text: text.replace('$1', text === one ? 'cat' : 'echo met').replace('$2', `${dir}/way`),
    }));
    const said = ended(parts);
    execFileSync('rm', ['-r', dir]);
    expect(said.map(part => part?.output.length)).toEqual([300_000, 4, 0, 300_000]);
  });

  test('are broken off where they take too long, which keeps the answers of the others', () => {
    expect(ended([{text: 'echo begun; sleep 600', withinS: 1}, {text: 'echo one'}])).toEqual([
      {output: 'begun'},
      {code: 0, output: 'one\n'},
    ]);
  });

  test('are undefined where the answer broke off', () => {
    expect(partsSaid(`one${MARK}0${MARK}\ntw`, MARK, 2)).toEqual([{code: 0, output: 'one'}, undefined]);
  });
});
