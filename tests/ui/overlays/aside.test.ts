/** What stays in sight beside a dialog that stands aside, cell by cell. */
import {expect, test} from 'vitest';
import {type FakeSession, fakeSession} from '../../helpers/fake-session.ts';
import type {Cell, Screen} from '../../helpers/screen.ts';
import {show} from '../../helpers/show-session.ts';

/** With the charts in a strip below the panels, in a column beside them, and not on the screen. */
const SIZES = [
  [110, 35],
  [100, 31],
  [139, 50],
  [160, 45],
  [110, 26],
] as const;

/** With readings in two charts, and a step that failed with a long reason. */
function failed(): FakeSession {
  const session = fakeSession();
  for (let count = 0; count < 30; count++) {
    session.clock.at += 1000;
    const samples = ['store_message', 'memory'].map(signal => ({signal, at: session.clock.at, value: 450 + count}));
    session.tell({type: 'sample-taken', samples});
  }
  session.tell({type: 'step-started', stepId: 'L14', attempt: 1, outputFrom: 0});
  session.tell({
    type: 'step-finished',
    stepId: 'L14',
    attempt: 1,
    verdict: {kind: 'failed', because: 'exit 1 of git tag, because a tag of that name is there and stays', checks: []},
    outcome: {kind: 'exited', code: 1, output: '', durationMs: 5, commands: []},
  });
  return session;
}

type Box = {left: number; right: number; top: number; bottom: number};

/** The box whose title begins so. */
function boxOf(rows: readonly string[], title: string): Box {
  const top = rows.findIndex(row => row.includes(`╭─ ${title}`));
  const left = rows[top]?.indexOf(`╭─ ${title}`) ?? -1;
  const right = rows[top]?.indexOf('╮', left) ?? -1;
  const bottom = rows.findIndex((row, index) => index > top && row[left] === '╰' && row[right] === '╯');
  expect(Math.min(top, left, right, bottom), `${title}\n${rows.join('\n')}`).toBeGreaterThanOrEqual(0);
  return {left, right, top, bottom};
}

function isIn({left, right, top, bottom}: Box, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

async function seen(screen: Screen) {
  await screen.still();
  return {rows: await screen.rows(), cells: await screen.cells()};
}

/** The places of all cells that have changed, from the first row of the panels on, but for the two rows below them. */
function changed(before: readonly Cell[][], after: readonly Cell[][], top: number): readonly [number, number][] {
  return after.flatMap((cells, row) =>
    row < top || row >= after.length - ROWS_BELOW
      ? []
      : cells.flatMap(({sign, look}, column): [number, number][] => {
          const was = before[row]?.[column];
          return sign === was?.sign && look === was.look ? [] : [[row, column]];
        }),
  );
}

const ROWS_BELOW = 2;

test.each(SIZES)(
  'at %ix%i the dialog of R ends with the checklist, and changes no other panel',
  async (columns, rows) => {
    const screen = await show(failed(), {columns, rows});
    const before = await seen(screen);
    const [checklist, output] = [boxOf(before.rows, '1 '), boxOf(before.rows, '2 ')];
    expect(before.rows.slice(output.top, output.bottom).join('\n')).toContain('Enter ticks it');
    await screen.type('R');
    const after = await seen(screen);
    const dialog = boxOf(after.rows, 'ROLL BACK?');
    expect(dialog).toMatchObject({left: checklist.left, right: checklist.right, bottom: checklist.bottom});
    expect(dialog.top).toBeGreaterThanOrEqual(checklist.top);
    const others = changed(before.cells, after.cells, checklist.top).filter(
      ([row, column]) => !isIn(checklist, row, column) && !isIn(output, row, column),
    );
    expect(others).toEqual([]);
    // What nobody can do during a countdown is not offered beside it.
    const shown = after.rows.slice(output.top, output.bottom).map(row => row.slice(output.left));
    expect(shown.join('\n')).not.toContain('Enter');
  },
);

test('a dialog that is higher than the checklist lies over whole panels below it', async () => {
  const session = failed();
  session.print('error', `ERROR ${'a reason that is much longer than a row of the checklist '.repeat(3)}`);
  const kept = ['first', 'second', 'third'].map(
    word => `the ${word} thing that a rollback of this release leaves as is`,
  );
  const {rollback} = session.plan;
  if (rollback === null) throw new Error('the plan has a rollback');
  session.plan = {...session.plan, rollback: {...rollback, doesNotUndo: kept}};
  session.tell({type: 'trigger-fired', ruleId: 'p95', value: 2389, evidence: '2389 ms, past >1500', samples: []});
  const screen = await show(session, {columns: 100, rows: 30});
  const before = await seen(screen);
  await screen.type('R');
  const {rows} = await seen(screen);
  const dialog = boxOf(rows, 'ROLL BACK?');
  expect(dialog).toMatchObject({left: 0, right: 99, bottom: rows.length - ROWS_BELOW - 1});
  expect(dialog.top).toBeLessThanOrEqual(boxOf(before.rows, 'Errors').top);
  const words = rows.slice(dialog.top, dialog.bottom).join(' ');
  expect(words).toMatch(/Rolling back in 3 s.*2389 ms.*failed step: .*ERROR a reason.*R on vps.*R NOW +Esc cancel/s);
});
