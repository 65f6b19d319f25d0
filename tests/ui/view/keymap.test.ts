import {afterEach, expect, test} from 'vitest';
import {hintsFor} from '../../../src/ui/bars/status-bar.tsx';
import {actionFor, isFixed, KEYS, keyTableMarkdown, ownKeysProblem, takeOwnKeys} from '../../../src/ui/view/keymap.ts';
import {REVIEW_KEYS} from '../../../src/ui/view/review-key-table.ts';
import {PANELS} from '../../../src/ui/view/view-state.ts';

afterEach(() => takeOwnKeys({}));

/** As the specification lists them. */
const PROMISED = 'j k up down enter space a x r s n c tab 1 2 3 [ ] / N & ! e E f p W z g G y b i : ? q R ctrl+c'.split(
  ' ',
);

test('every promised key does something in some panel', () => {
  for (const key of PROMISED) {
    expect(
      PANELS.some(panel => actionFor(key, panel) !== undefined),
      key,
    ).toBe(true);
  }
});

test('no key means two things in one panel', () => {
  for (const panel of PANELS) {
    const live = KEYS.filter(({where}) => where === undefined || where.includes(panel)).flatMap(({keys}) => keys);
    expect(
      live.filter((key, index) => live.indexOf(key) !== index),
      panel,
    ).toEqual([]);
  }
});

test('n is a note on the checklist and the next match in a log', () => {
  expect(actionFor('n', 'checklist')).toBe('note');
  expect(actionFor('n', 'logs')).toBe('match-next');
});

test('Ctrl-C opens leave and R rolls back in every panel', () => {
  for (const panel of PANELS) {
    expect(actionFor('ctrl+c', panel)).toBe('leave');
    expect(actionFor('R', panel)).toBe('roll-back');
    expect(hintsFor(panel).map(({id}) => id)).toContain('roll-back');
  }
});

test('the table for the README has a row per key', () => {
  const rows = keyTableMarkdown().split('\n');
  expect(rows).toHaveLength(KEYS.length + REVIEW_KEYS.length + 2);
  expect(rows).toContainEqual(expect.stringContaining('| `R` `Ctrl-R` | roll back'));
});

test('keys of a person stand in for those of the table, and the rest stays', () => {
  takeOwnKeys({pause: ['f'], follow: ['p', 'ctrl+p']});
  expect(actionFor('f', 'logs')).toBe('pause');
  expect(actionFor('ctrl+p', 'logs')).toBe('follow');
  expect(hintsFor('logs').find(({id}) => id === 'follow')?.keys[0]).toBe('p');
  expect(actionFor('R', 'logs')).toBe('roll-back');
});

test('whatever changes the run, and what leads out of everything, keeps its key', () => {
  for (const binding of KEYS.filter(isFixed)) {
    expect(ownKeysProblem(binding.id, ['ctrl+y'], {}), binding.id).toContain('the same in every console');
  }
  const changing = ['enter', 'tick', 'run-on', 'cancel', 'retry', 'skip', 'dismiss', 'hold', 'approve', 'roll-back'];
  expect(KEYS.filter(isFixed).map(({id}) => id)).toEqual(expect.arrayContaining(changing));
});

test('no key that is taken can be given away in a panel where both work', () => {
  for (const {id, keys, where} of KEYS) {
    for (const other of KEYS.filter(each => each.id !== id && !isFixed(each))) {
      const meet =
        where === undefined || other.where === undefined || where.some(panel => other.where?.includes(panel));
      const problem = ownKeysProblem(other.id, [keys[0]], {});
      if (meet) expect(problem, `${other.id} on ${keys[0]}`).toBeDefined();
    }
  }
});
