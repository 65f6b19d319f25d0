import {expect, test} from 'vitest';
import {commandTexts, planOf, problemsOf} from '../../../helpers/plan-view.ts';

const TABLE = [
  '| Time | Step | Command |',
  '|---|---|---|',
  '| T-10 | Stop | `systemctl stop app` |',
  '| T-0 | Migrate | `make migrate` |',
];
const DETAILS = ['### Stop', '```bash', 'systemctl stop app', '```', '### Migrate', '```bash', 'make  migrate', '```'];

test('a table that sums up detailed steps is not run, whether it stands before or behind them', () => {
  for (const lines of [
    ['## Timeline', ...TABLE, '## Deploy', ...DETAILS],
    ['## Deploy', ...DETAILS, '## Timeline', ...TABLE],
  ]) {
    const plan = planOf(...lines);
    expect(plan.steps.flatMap(commandTexts)).toEqual(['systemctl stop app', 'make  migrate']);
    expect(problemsOf(plan, 'reference-card')).toHaveLength(1);
  }
});

test('a table with a row of its own is run', () => {
  const plan = planOf('## Timeline', ...TABLE, '| T+5 | Start | `systemctl start app` |', '## Deploy', ...DETAILS);
  expect(plan.steps.flatMap(commandTexts)).toHaveLength(5);
});

test('what a rollback repeats is run by both', () => {
  const plan = planOf('## Deploy', ...TABLE, '## Rollback', ...DETAILS);
  expect(plan.steps.flatMap(commandTexts)).toHaveLength(4);
});
