import {describe, expect, test} from 'vitest';
import {readEnglishCondition} from '../../../src/plan/phrases/condition.ts';
import {type Part, readArms} from '../../../src/plan/shell/arms.ts';
import {readShell} from '../../../src/plan/shell/shell-lines.ts';

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
  ['Falls requirements.txt geändert wurde', 'falls requirements.txt geändert wurde'],
  ['Si cambió requirements.txt:', 'si cambió requirements.txt'],
  ['si requirements.txt a changé', 'si requirements.txt a changé'],
  ['Nur falls nötig', 'falls nötig'],
  ['Abhängigkeiten (falls nötig)', 'falls nötig'],
])('a comment "%s" above a command is its condition', (comment, condition) => {
  const [part] = readArms(readShell([`# ${comment}`, 'pip install x'].map((text, line) => ({line, text}))));
  expect(part?.kind === 'lines' && part.lines[0]?.condition).toBe(condition);
});

test.each([
  ['Restore environment if needed', 'if needed'],
  ['If requirements.txt changed', 'if requirements.txt changed'],
  ['Step 3: Reinstall (if applicable)', 'if applicable'],
  ['Clear the cache (only if the schema changed)', 'only if the schema changed'],
  ['Verify it is running', undefined],
  ['Check the notification', undefined],
])('%j is conditional: %j', (text, condition) => {
  expect(readEnglishCondition(text)).toBe(condition);
});

describe('other ways to offer a choice', () => {
  test.each([
    [['a x', '# ODER', 'b x']],
    [['a x', '# --- OR ---', 'b x']],
    [['a x', 'OR', 'b x']],
    [['a x', '# o con docker', 'b x']],
    [['a x', '# Alternativa: a mano', 'b x']],
    [['a x', '# OR for AWS', 'b x']],
    [['# Option A: here', 'a x', '# Option B: there', 'b x']],
    [['# Opción A: aquí', 'a x', '', '# Opción B: allí', 'b x']],
    [['# Using npm', 'a x', '', '# Using yarn', 'b x']],
    [['# If using systemd:', 'a x', '# If using supervisor:', 'b x']],
    [['# For AWS', 'a x', '# For GCP', 'b x']],
  ])('%j', lines => {
    expect(partsOf(...lines)).toEqual([{arms: [['a x'], ['b x']]}]);
  });

  test('a comment behind a command is one when it names another command, or a way to do it', () => {
    expect(partsOf('ls', 'make a   # or npm run a', 'make b')).toEqual([
      ['ls'],
      {arms: [['make a'], ['npm run a']]},
      ['make b'],
    ]);
    const [part] = readArms(readShell([{line: 1, text: 'make a  # or press the button'}]));
    expect(part).toMatchObject({arms: [{lines: [{text: 'make a'}]}, {label: 'press the button', lines: []}]});
    expect(partsOf('make a # or later')).toEqual([['make a']]);
  });

  test('an option goes on over blank lines, up to the next one', () => {
    expect(partsOf('# Option A', 'a x', '', 'a y', '', '# Option B', 'b x', '', 'after x')).toEqual([
      {
        arms: [['a x', 'a y'], ['b x']],
      },
      ['after x'],
    ]);
  });

  test('a single name is a remark, and a condition where it is one', () => {
    const [part] = readArms(
      readShell(['# If using docker', 'a x', 'b x'].map((text, index) => ({line: index + 1, text}))),
    );
    expect(part).toEqual({
      kind: 'lines',
      lines: [
        {line: 2, text: 'a x', comment: 'If using docker', condition: 'if using docker'},
        {line: 3, text: 'b x', condition: 'if using docker'},
      ],
    });
  });

  test('fallbacks on one line are one command', () => {
    expect(partsOf('a || b || c')).toEqual([['a || b || c']]);
  });
});
