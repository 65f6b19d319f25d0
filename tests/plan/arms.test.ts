import {describe, expect, test} from 'vitest';
import {type Part, readArms, readCondition} from '../../src/plan/arms.ts';
import {readShell} from '../../src/plan/shell-text.ts';

function partsOf(...lines: readonly string[]) {
  return readArms(readShell(lines.map((text, index) => ({line: index + 1, text})))).map(shortened);
}

/** Commands as a list, arms as a list of lists. */
function shortened(part: Part): unknown {
  if (part.kind === 'lines') return part.lines.map(line => line.text);
  return {arms: part.arms.map(arm => arm.lines.map(line => line.text))};
}

describe('# OR', () => {
  test('parts the command above from the command below', () => {
    expect(partsOf('a', '# OR', 'b')).toEqual([{arms: [['a'], ['b']]}]);
  });

  test('reaches up only to the comment above, not to the commands before it', () => {
    expect(partsOf('first', '# Restart', 'a', '# OR', 'b')).toEqual([['first'], {arms: [['a'], ['b']]}]);
  });

  test('at the start of a paragraph offers the whole paragraph before as the other arm', () => {
    expect(partsOf('cd x', '', 'a1', 'a2', '', '# OR restore', 'b1', 'b2', '', 'after')).toEqual([
      ['cd x'],
      {
        arms: [
          ['a1', 'a2'],
          ['b1', 'b2'],
        ],
      },
      ['after'],
    ]);
  });

  test('takes three arms and more, one of them by hand', () => {
    const [part] = readArms(
      readShell(
        ['a', '# or', 'b', '# OR via the panel', '# Panel > Restart'].map((text, index) => ({line: index + 1, text})),
      ),
    );
    expect(part).toMatchObject({
      kind: 'arms',
      arms: [{line: 1}, {line: 3}, {label: 'via the panel: Panel > Restart', line: 4, lines: []}],
    });
  });

  test('alone in its paragraph takes the next paragraph as its arm', () => {
    expect(partsOf('a', '', '# OR', '', 'b', '', 'c')).toEqual([{arms: [['a'], ['b']]}, ['c']]);
  });

  test.each(['# Organize the files', '# or later versions', '# Order matters', '# orphans'])(
    '%s is no alternative',
    comment => {
      expect(partsOf('a', comment, 'b')).toEqual([['a', 'b']]);
    },
  );

  test('with nothing above it is only a remark', () => {
    expect(partsOf('# OR', 'a')).toEqual([['a']]);
  });
});

test('named options in comments are arms from the first on', () => {
  expect(partsOf('# Option A: compose', 'a', '', '# Option B: swarm', 'b1', 'b2')).toEqual([
    {arms: [['a'], ['b1', 'b2']]},
  ]);
});

test('one option alone is no choice', () => {
  expect(partsOf('# Option A: compose', 'a')).toEqual([['a']]);
});

test('a comment names the command below it until the next blank line', () => {
  const [first, second] = readArms(
    readShell(['# Stop it', '# gently', 'a', '', 'b'].map((text, index) => ({line: index + 1, text}))),
  );
  expect(first).toMatchObject({lines: [{text: 'a', comment: 'Stop it gently'}]});
  expect(second?.kind === 'lines' && second.lines[0]?.comment).toBe(undefined);
});

test('a condition covers the commands under its comment, and no further', () => {
  const parts = readArms(
    readShell(
      ['# If requirements.txt changed', 'a', 'b', '# Then', 'c'].map((text, index) => ({line: index + 1, text})),
    ),
  );
  expect(parts).toMatchObject([
    {
      lines: [
        {text: 'a', condition: 'if requirements.txt changed'},
        {text: 'b', condition: 'if requirements.txt changed'},
        {text: 'c'},
      ],
    },
  ]);
  expect(parts[0]?.kind === 'lines' && parts[0].lines[2]?.condition).toBe(undefined);
});

test.each([
  ['Restore environment if needed', 'if needed'],
  ['If requirements.txt changed', 'if requirements.txt changed'],
  ['Step 3: Reinstall (if applicable)', 'if applicable'],
  ['Clear the cache (only if the schema changed)', 'only if the schema changed'],
  ['Verify it is running', undefined],
  ['Check the notification', undefined],
])('%j is conditional: %j', (text, condition) => {
  expect(readCondition(text)).toBe(condition);
});
