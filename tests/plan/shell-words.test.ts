import {describe, expect, test} from 'vitest';
import {operands, shellWords, simpleCommands} from '../../src/plan/shell-words.ts';

function texts(command: string) {
  return shellWords(command).map(word => word.text);
}

describe('shellWords', () => {
  test.each([
    [`a 'b c' "d e"`, ['a', 'b c', 'd e']],
    [`a\\ b c`, ['a b', 'c']],
    [`-d '{"a": "b"}'`, ['-d', '{"a": "b"}']],
    [`"a \\"b\\" c"`, ['a "b" c']],
    [`a'b'"c"d`, ['abcd']],
    ['a \\\n  b', ['a', 'b']],
    ['a|b&&c;d', ['a', '|', 'b', '&&', 'c', ';', 'd']],
    ['a $(b c) d', ['a', '$(b c)', 'd']],
    ['a > b 2>&1', ['a', '>', 'b', '2', '>&', '1']],
    [`'open`, ['open']],
  ])('%j', (command, words) => {
    expect(texts(command)).toEqual(words);
  });

  test('knows which words the shell would expand', () => {
    const expanding = shellWords(`a $B "$C" '$D' \\$E $(f) \`g\``).flatMap(word =>
      word.kind === 'word' && word.expands ? [word.text] : [],
    );
    expect(expanding).toEqual(['$B', '$C', '$(f)', '`g`']);
  });

  test('a placeholder in angle brackets is a word, a redirection is not', () => {
    expect(texts('git reset --hard <commit hash>')).toEqual(['git', 'reset', '--hard', '<commit hash>']);
    expect(texts('sort < in > out')).toEqual(['sort', '<', 'in', '>', 'out']);
  });
});

test('simple commands come without sudo, assignments and redirections', () => {
  expect(simpleCommands('sudo -u app FOO=1 a b > log | c && ! d')).toEqual([['a', 'b'], ['c'], ['d']]);
});

test('operands are what is no option, and everything after --', () => {
  expect(operands(['git', '-q', 'checkout', '--', '-x'])).toEqual(['checkout', '-x']);
});
