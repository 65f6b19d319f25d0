/** Which status each of several requests must have. */
import {expect, test} from 'vitest';
import {judge} from '../../../src/run/judging/judge.ts';
import {planOf} from '../../helpers/plan-view.ts';

function verdict(lines: readonly string[], ...statuses: readonly number[]) {
  const plan = planOf('# Deploy', '', '## Check', '', ...lines);
  const step = plan.steps.find(one => one.action.kind === 'http');
  if (step?.action.kind !== 'http') throw new Error('no request');
  const answers = step.action.requests.map(({line}, index) => ({
    line,
    status: statuses[index] ?? 0,
    body: '',
    timing: {firstByteMs: 1, totalMs: 1},
  }));
  return judge(step, {kind: 'answered', answers, durationMs: 1});
}

const BOTH = [
  'Both must answer 503:',
  '',
  '```bash',
  'curl -s https://a.example.org/',
  'curl -s https://b.example.org/',
  '```',
];
const EACH = [
  '```bash',
  'curl -s https://a.example.org/  # 200',
  'curl -s https://b.example.org/  # must answer 503',
  '```',
];

test('a status of the step is that of every request', () => {
  expect(verdict(BOTH, 503, 503).kind).toBe('passed');
  expect(verdict(BOTH, 503, 200).kind).toBe('failed');
  expect(verdict(BOTH, 200, 503)).toMatchObject({kind: 'failed', because: 'status 200 from line 8, expected 503'});
});

test('a status beside a request is that of this one', () => {
  expect(verdict(EACH, 200, 503).kind).toBe('passed');
  expect(verdict(EACH, 503, 503).kind).toBe('failed');
  expect(verdict(EACH, 200, 200).kind).toBe('failed');
});
