import {expect, test} from 'vitest';
import {readShell} from '../../src/plan/shell-text.ts';

function read(...lines: readonly string[]) {
  return readShell(lines.map((text, index) => ({line: index + 1, text})));
}

function commands(...lines: readonly string[]) {
  return read(...lines).flatMap(line => (line.kind === 'command' ? [line.text] : []));
}

test('continuations are one command on its first line', () => {
  expect(read('curl -X POST u \\', '  -d x', 'ls')).toEqual([
    {kind: 'command', line: 1, text: 'curl -X POST u \\\n  -d x'},
    {kind: 'command', line: 3, text: 'ls'},
  ]);
});

test.each([
  ['a quote over lines', ['echo "a', '# no comment', 'b"']],
  ['a here-document', ['cat <<EOF > f', '# no comment', 'EOF']],
  ['a loop', ['for i in 1 2; do', '  # comment inside', '  echo $i', 'done']],
  ['nested conditions', ['if a; then', 'if b; then', 'c', 'fi', 'fi']],
  ['a function', ['f() {', '  x', '}']],
  ['a subshell', ['(cd x', 'make)']],
  ['a pipeline', ['a |', 'b &&', 'c']],
])('%s is one command', (_, lines) => {
  expect(commands(...lines, 'after')).toEqual([lines.join('\n'), 'after']);
});

test('a loop on one line does not swallow the next', () => {
  expect(commands('for i in a b; do echo $i; done', 'next')).toEqual(['for i in a b; do echo $i; done', 'next']);
});

test('a comment behind a command is not part of it', () => {
  expect(read('systemctl status x  # Should show: active')).toEqual([
    {kind: 'command', line: 1, text: 'systemctl status x', trailing: 'Should show: active'},
  ]);
  expect(commands("grep '#' f", 'echo a#b')).toEqual(["grep '#' f", 'echo a#b']);
});

test('behind prompts stand commands, and the rest is sample output', () => {
  expect(commands('$ kubectl apply -f x', 'deployment configured', 'user@web:~$ ls', 'x')).toEqual([
    'kubectl apply -f x',
    'ls',
  ]);
});
