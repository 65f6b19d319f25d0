import {expect, test} from 'vitest';
import type {Plan} from '../../../../src/plan/plan.ts';
import {actionOf, planOf, problemsOf, stepAt} from '../../../helpers/plan-view.ts';

const LOGIN = ['## Backup', '```bash', 'ssh ops@db-1', 'cd /opt/shop', 'mysqldump shop > /backup/shop.sql', '```'];

test('a later section that acts on services goes on where the document logged in', () => {
  const plan = planOf(...LOGIN, '## Deploy', '```bash', 'git checkout v2', 'sudo systemctl restart shop', '```');
  expect(placeOf(plan, 8)).toBe('ops@db-1');
  expect(actionOf(stepAt(plan, 8), 'script')).toMatchObject({stages: [{commands: [{directory: '/opt/shop'}, {}]}]});
  expect(problemsOf(plan, 'place-assumed')).toEqual([8]);
});

test('so does a rollback that reads what was made there', () => {
  const plan = planOf(...LOGIN, '## Rollback', '```bash', 'mysql shop < /backup/shop.sql', '```');
  expect(placeOf(plan, 8)).toBe('ops@db-1');
});

test.each([
  ['nothing in it is of that host', ['## Publish', '```bash', 'npm publish', '```']],
  ['it leads to hosts itself', ['## Copy', '```bash', 'scp app.tgz ops@db-1:/backup/', 'sudo ls', '```']],
  ['it says that it runs here', ['## Locally, on your laptop', '```bash', 'sudo systemctl restart docker', '```']],
])('it does not where %s', (_, section) => {
  expect(placeOf(planOf(...LOGIN, ...section), 8)).toBe('local');
});

test('nor after somebody came back from there', () => {
  const left = [...LOGIN.slice(0, -1), 'exit', '```'];
  expect(placeOf(planOf(...left, '## Deploy', '```bash', 'sudo systemctl restart shop', '```'), 9)).toBe('local');
});

test('nor where the document logged in to several hosts', () => {
  const other = ['## Cache', '```bash', 'ssh ops@cache-1', 'redis-cli save', '```'];
  const plan = planOf(...LOGIN, ...other, '## Deploy', '```bash', 'sudo systemctl restart shop', '```');
  expect(placeOf(plan, 13)).toBe('local');
});

function placeOf(plan: Plan, line: number): string {
  const {place} = actionOf(stepAt(plan, line), 'script').context;
  return place.kind === 'host' ? place.destination : 'local';
}
