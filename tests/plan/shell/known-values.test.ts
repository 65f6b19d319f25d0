import {expect, test} from 'vitest';
import {valuesByShellAfter, withValues} from '../../../src/plan/shell/known-values.ts';

/** The last of the lines with what the ones before have set in the same shell. */
function last(...lines: readonly string[]): string {
  const none: Parameters<typeof valuesByShellAfter>[0] = new Map();
  const before = lines.slice(0, -1).reduce((all, line) => valuesByShellAfter(all, 'vps', line, true), none);
  return withValues(lines.at(-1) ?? '', before.get('vps'));
}

test.each([
  [['B=/srv/b', 'cp -r "$B" app'], 'cp -r "/srv/b" app'],
  [['export B=/srv/b', 'cp -r ${B}.old app'], 'cp -r /srv/b.old app'],
  [['ROOT=/srv', 'B="$ROOT/b"', 'ls ${B:?not set}'], 'ls /srv/b'],
  [['B=app_YYYYMMDD', 'ls $B'], 'ls app_YYYYMMDD'],
  [['B=<backup>', 'ls $B'], 'ls <backup>'],
  [['B=b; ls $B'], 'B=b; ls b'],
  [['readonly B=b C=c', 'ls $B $C'], 'ls b c'],
  [['B=a', 'B=b', 'ls $B'], 'ls b'],
])('%j: %s', (lines, text) => {
  expect(last(...lines)).toBe(text);
});

test.each([
  ['in quotes of the other kind', ['B=b', "ls '$B'"]],
  ['cut to a part', ['B=b', 'ls ${B%/}']],
  ['another beginning', ['B=b', 'ls $BASE']],
  ['computed', ['B=$(ls)', 'ls $B']],
  ['read', ['B=b', 'read B', 'ls $B']],
  ['set in some cases', ['B=b', '[ -d c ] && B=c', 'ls $B']],
  ['set in a branch', ['B=b', 'if true; then B=c; fi', 'ls $B']],
  ['set in a subshell alone', ['(B=b)', 'ls $B']],
  ['set for one command', ['B=b make', 'ls $B']],
  ['added to', ['B=b', 'B+=c', 'ls $B']],
  ['a list', ['B=(a b)', 'ls $B']],
  ['unset', ['B=b', 'unset B', 'ls $B']],
  ['set twice on a line', ['B=a; B=b', 'ls $B']],
  ['of a file of settings', ['B=b', '. ./env', 'ls $B']],
  ['with a pattern', ['B="a*"', 'ls $B']],
  ['with a home in quotes', ['B="~/b"', 'ls $B']],
])('leaves a variable alone that is %s', (_, lines) => {
  expect(last(...lines)).toBe(lines.at(-1));
});

test('what holds in one shell says nothing of another', () => {
  const all = valuesByShellAfter(new Map(), 'vps', 'B=b', true);
  expect(withValues('ls $B', all.get('db'))).toBe('ls $B');
  expect(valuesByShellAfter(all, 'vps', 'B=c', false).get('vps')?.has('B')).toBe(false);
});
