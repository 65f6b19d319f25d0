import {expect, test} from 'vitest';
import {readShell} from '../../../src/plan/shell/shell-lines.ts';

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

test('what somebody saw printed is kept with its command', () => {
  expect(read('$ kubectl get pods', 'NAME   READY', '', 'web-1  1/1', '$ ls')).toMatchObject([
    {
      kind: 'command',
      text: 'kubectl get pods',
      output: [
        {line: 2, text: 'NAME   READY'},
        {line: 4, text: 'web-1  1/1'},
      ],
    },
    {kind: 'blank', line: 3},
    {kind: 'command', line: 5, text: 'ls'},
  ]);
});

test('a comment between prompts is one, and who was asked is kept', () => {
  expect(read('me@a:~$ ls', 'x', '', '# Next', 'me@b:~$ ls')).toMatchObject([
    {text: 'ls', prompt: 'me@a', output: [{text: 'x'}]},
    {kind: 'blank'},
    {kind: 'comment', text: 'Next'},
    {text: 'ls', prompt: 'me@b'},
  ]);
});

test.each([
  ['$ ls', 'ls'],
  ['deploy@web-1:~/app$ ls -l', 'ls -l'],
  ['[root@db1 ~]# systemctl status x', 'systemctl status x'],
  ['(venv) $ pip list', 'pip list'],
  ['bash-5.1$ id', 'id'],
])('the prompt of %j is no part of the command', (line, command) => {
  expect(commands(line)).toEqual([command]);
});

test('a command behind a prompt goes on while the shell would ask for more', () => {
  expect(commands('$ cat <<EOF', '> a', '> EOF', 'a', '$ make \\', '  all', 'done')).toEqual([
    'cat <<EOF\na\nEOF',
    'make \\\n  all',
  ]);
});

test('what is no shell says so, and a sentence does not take the commands behind it along', () => {
  expect(read("Don't forget the cache.", 'make cache')).toMatchObject([
    {kind: 'command', line: 1, text: "Don't forget the cache.", broken: 'unterminated single quote'},
    {kind: 'command', line: 2, text: 'make cache'},
  ]);
  expect(read('Go to Settings (see below)', 'make')).toMatchObject([{broken: expect.any(String)}, {text: 'make'}]);
});

test('a condition that is never closed takes all it may guard along: nothing of it can be run', () => {
  const [first, ...others] = read('cd /srv', 'if [ -d old ]; then', '  rm -rf old', 'ls');
  expect(first).toEqual({kind: 'command', line: 1, text: 'cd /srv'});
  expect(others).toMatchObject([{line: 2, text: 'if [ -d old ]; then\n  rm -rf old\nls', broken: expect.any(String)}]);
});

test('a rule between parts is blank, and stays as it is inside a here-document', () => {
  expect(commands('a', '---', 'b')).toEqual(['a', 'b']);
  expect(commands('cat <<EOF > x.yaml', '---', 'EOF')).toEqual(['cat <<EOF > x.yaml\n---\nEOF']);
});

test('an OR on a line of its own is one, with a comment sign or without', () => {
  expect(read('a', 'OR', 'b').map(line => line.kind)).toEqual(['command', 'comment', 'command']);
});

test('here-documents end a command where they end', () => {
  expect(commands('cat <<A; cat <<B', '1', 'A', '# 2', 'B', 'after')).toEqual([
    'cat <<A; cat <<B\n1\nA\n# 2\nB',
    'after',
  ]);
});
