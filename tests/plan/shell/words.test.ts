import {describe, expect, test} from 'vitest';
import {movesShell, operands, shellCommands, simpleCommands, withoutPrefixes} from '../../../src/plan/shell/words.ts';

function texts(command: string) {
  return shellCommands(command).flatMap(({words}) => words.map(word => word.text));
}

describe('the words of a command', () => {
  test.each([
    [`a 'b c' "d e"`, ['a', 'b c', 'd e']],
    [`a\\ b c`, ['a b', 'c']],
    [`-d '{"a": "b"}'`, ['-d', '{"a": "b"}']],
    [`"a \\"b\\" c"`, ['a "b" c']],
    [`a'b'"c"d`, ['abcd']],
    ['a \\\n  b', ['a', 'b']],
    ['a|b&&c;d', ['a', 'b', 'c', 'd']],
    ['a $(b c) d', ['a', '$(b c)', 'd']],
    ['a > b 2>&1', ['a']],
    [`'open`, ['open']],
    ['export A="b c"', ['export', 'A=b c']],
  ])('of %j', (command, words) => {
    expect(texts(command)).toEqual(words);
  });

  test('that the shell would expand are known', () => {
    const words = shellCommands(`a $B "$C" '$D' \\$E $(f) \`g\` <(h)`).flatMap(command => command.words);
    expect(words.filter(word => word.expands).map(word => word.text)).toEqual(['$B', '$C', '$(f)', '`g`', '<(h)']);
  });

  test('stand where the document has them', () => {
    const [command] = shellCommands('  git tag "v 1"');
    expect(command?.words.map(({start, end}) => [start, end])).toEqual([
      [2, 5],
      [6, 9],
      [10, 15],
    ]);
  });

  test.each([
    ['git reset --hard <commit hash>', ['git', 'reset', '--hard', '<commit hash>']],
    ['kubectl logs [name of the pod]', ['kubectl', 'logs', '[name of the pod]']],
    ['docker pull {{ image.name }}', ['docker', 'pull', '{{ image.name }}']],
    ['sort < in > out', ['sort']],
    ['[ -f x ]', ['[', '-f', 'x', ']']],
  ])('a blank to fill in is a word, a redirection is not: %s', (command, words) => {
    expect(texts(command)).toEqual(words);
  });
});

test('simple commands come without sudo, assignments and redirections', () => {
  expect(simpleCommands('sudo -u app FOO=1 a b > log | c && ! d')).toEqual([['a', 'b'], ['c'], ['d']]);
  expect(simpleCommands('sudo -nu app a -u b; timeout -k5 30 c')).toEqual([['a', '-u', 'b'], ['c']]);
  expect(simpleCommands('sudo --user app -T 5 a; timeout --signal KILL 30 c')).toEqual([['a'], ['c']]);
  expect(simpleCommands('for i in 1 2; do timeout 5 a $i; done')).toEqual([['a', '$i']]);
  expect(withoutPrefixes(['env', 'A=1', 'nohup', 'x', '-n'])).toEqual(['x', '-n']);
});

test('commands inside substitutions are found when asked for', () => {
  expect(shellCommands('a "$(b `c`)" <(d)').map(({words}) => words[0]?.text)).toEqual(['a']);
  expect(shellCommands('a "$(b `c`)" <(d)', true).map(({words}) => words[0]?.text)).toEqual(['a', 'b', 'c', 'd']);
});

test('how commands are joined and what they stand in is known', () => {
  const found = shellCommands('a | b || c\nif d; then (e); fi & f');
  expect(found.map(({joined, within}) => [joined, ...within])).toEqual([
    [''],
    ['|'],
    ['||'],
    [';', 'background', 'condition'],
    [';', 'background', 'condition', 'subshell'],
    [';'],
  ]);
});

test('a shell is moved by a cd of its own, not by one in a subshell', () => {
  expect(movesShell('test -d app && cd app')).toBe(true);
  expect(movesShell('(cd app; make)')).toBe(false);
  expect(movesShell('x=$(cd app; pwd)')).toBe(false);
});

test('operands are what is no option, and everything after --', () => {
  expect(operands(['git', '-q', 'checkout', '--', '-x'])).toEqual(['checkout', '-x']);
});
