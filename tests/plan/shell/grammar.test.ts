import {describe, expect, test} from 'vitest';
import {parseExactly, parseShell} from '../../../src/plan/shell/grammar.ts';

describe('what is no shell has an error', () => {
  test.each([
    ['echo "a', true],
    ['if a; then b', true],
    ['cat <<EOF\na', true],
    ['a )', false],
    ['fi', false],
    ['Hello (world)', false],
  ])('%j, open: %s', (text, open) => {
    expect(parseShell(text).error).toMatchObject({open});
  });

  test.each(['a | b && c', 'cat <<EOF\na\nEOF', 'git reset --hard <commit hash>', 'echo {{ image }} [name of x]', ''])(
    '%j has none',
    text => {
      expect(parseShell(text).error).toBeUndefined();
    },
  );
});

test('a blank is a word to a reader and grammar to a shell', () => {
  const words = (tree: ReturnType<typeof parseShell>) => {
    const command = tree.script.commands[0]?.command;
    return command?.type === 'Command' ? [command.args.length, command.redirects.length] : [];
  };
  expect(words(parseShell('checkout <commit> x'))).toEqual([2, 0]);
  expect(words(parseExactly('checkout <commit> x'))).toEqual([0, 2]);
});

test('here-documents without number on one line are not followed', () => {
  expect(parseShell(`cat ${'<<A '.repeat(5000)}`).error).toBeDefined();
});
