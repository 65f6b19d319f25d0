/** The sample checklist, row by row: what every line of it means. */

import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {seedBytes} from '../../helpers/documents.ts';
import {actionOf, stepAt} from '../../helpers/plan-view.ts';

const plan = parsePlan(seedBytes, emptyBindings);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function rulesAt(...lines: number[]) {
  return plan.rules
    .filter(rule => lines.includes(rule.line))
    .map(({metric, statistic, op, value, unit, target, role}) => ({metric, statistic, op, value, unit, target, role}));
}

describe('the deploy', () => {
  test('70 and 78 are the arms of one choice', () => {
    const {arms} = actionOf(stepAt(plan, 70), 'choice');
    expect(arms.map(({id, steps}) => [id, steps])).toEqual([
      ['L70', ['L71', 'L72', 'L73', 'L74', 'L75', 'L76']],
      ['L78', ['L79']],
    ]);
    expect(stepAt(plan, 70).title).toContain('Step 2: Deploy Backend to VPS');
    expect(stepAt(plan, 73)).toMatchObject({kind: 'manual', arm: {choice: 'L70', arm: 'L70'}});
  });

  test('79 runs on the host, in the project directory, and ends in three arms', () => {
    const step = stepAt(plan, 79);
    expect(step).toMatchObject({kind: 'ssh', arm: {choice: 'L70', arm: 'L78'}});
    const {context, stages} = actionOf(step, 'script');
    expect(context.place).toEqual({kind: 'host', host: 'user@your-vps-ip', destination: 'user@your-vps-ip'});
    expect(stages.map(stage => stage.kind)).toEqual(['commands', 'alternatives']);
    const [first, second] = stages;
    if (first?.kind !== 'commands' || second?.kind !== 'alternatives') throw new Error('unexpected stages');
    expect(first.commands.map(({text, directory}) => [text, directory])).toEqual(
      ['git stash', 'git checkout main', 'git pull origin main', 'pip install -r requirements.txt'].map(text => [
        text,
        '/path/to/myhibachi-backend',
      ]),
    );
    expect(second.arms.map(({commands, manual}) => [commands.map(({text}) => text), manual])).toEqual([
      [['sudo systemctl restart myhibachi-api'], false],
      [['sudo supervisorctl restart myhibachi-api'], false],
      [[], true],
    ]);
    expect(second.arms[2]?.label).toContain('via Plesk');
  });

  test('106 asks for health and expects the answer to contain it', () => {
    const step = stepAt(plan, 106);
    expect(kindOf(step.action)).toBe('http');
    const [request] = actionOf(step, 'http').requests;
    expect(request).toMatchObject({method: 'GET', url: 'https://your-api-domain.com/health'});
    expect(request?.expectations).toMatchObject([{check: {kind: 'json', subset: {status: 'healthy'}}}]);
  });

  test('111 opens the log "error" on the host', () => {
    const step = stepAt(plan, 111);
    expect(kindOf(step.action)).toBe('tail');
    expect(actionOf(step, 'tail')).toMatchObject({
      source: 'error',
      file: '/var/log/myhibachi-api/error.log',
      context: {place: {kind: 'host', destination: 'user@your-vps-ip'}},
      alternatives: ['via Plesk: Plesk > Logs > Error Log'],
    });
  });

  test.each([116, 117])('line %i is done by hand until it is bound', line => {
    expect(kindOf(stepAt(plan, line).action)).toBe('manual');
  });

  test('124 posts JSON and must answer within a second', () => {
    const step = stepAt(plan, 124);
    const [request] = actionOf(step, 'http').requests;
    expect(request).toMatchObject({
      method: 'POST',
      line: 126,
      url: 'https://your-api-domain.com/api/ai/chat',
      headers: [{name: 'Content-Type', value: 'application/json'}],
      body: '{"message": "Hello, test message", "customer_id": "test-123"}',
    });
    expect(step.expectations).toMatchObject([{line: 130, check: {kind: 'duration', op: '<', value: 1000}}]);
    expect(kindOf(stepAt(plan, 120).action)).toBe('http');
  });

  test('132 has no command, so a person does it; what is expected is kept', () => {
    const step = stepAt(plan, 132);
    expect(step).toMatchObject({
      kind: 'manual',
      boxes: [132],
      instructions: ['Use your existing booking API endpoint'],
    });
    expect(step.expectations).toMatchObject([{op: '<', value: 500, unit: 'ms'}]);
  });

  test('138 is told by its two bullets', () => {
    expect(stepAt(plan, 138)).toMatchObject({kind: 'manual', boxes: [138], endLine: 140});
    expect(stepAt(plan, 138).instructions).toHaveLength(2);
  });
});

describe('watching', () => {
  test('147 to 150 are three latency rules, read every five minutes over half an hour', () => {
    expect(rulesAt(148, 149, 150)).toMatchObject([
      {op: '<', value: 100, unit: 'ms', role: 'target'},
      {metric: 'store_message', op: '<', value: 1000, target: 745},
      {metric: expect.stringContaining('booking'), op: '<', value: 500, target: 367},
    ]);
    expect(stepAt(plan, 149)).toMatchObject({kind: 'rule', everyMs: 5 * MINUTE});
    expect(stepAt(plan, 150).boxes).toEqual([147, 150]);
    expect(plan.rules.filter(rule => [148, 149, 150].includes(rule.line)).map(rule => rule.windowMs)).toEqual(
      Array(3).fill(30 * MINUTE),
    );
  });

  test('152 to 155 are two checks by hand and a rule of no errors', () => {
    expect([153, 154, 155].map(line => kindOf(stepAt(plan, line).action))).toEqual(['manual', 'manual', 'rule']);
    expect(rulesAt(155)).toMatchObject([{metric: 'errors', op: '=', value: 0}]);
  });

  test('157 is a query with nothing to compare', () => {
    expect(stepAt(plan, 157)).toMatchObject({kind: 'sql', expectations: []});
  });

  test('168 is a slope of memory; its ps line is only how to look', () => {
    const step = stepAt(plan, 168);
    expect(step).toMatchObject({kind: 'rule', boxes: [168]});
    expect(step.instructions).toContain('ps aux | grep python | grep myhibachi');
    expect(rulesAt(172)).toMatchObject([{metric: 'memory', statistic: 'slope', unit: 'MB/h', role: 'target'}]);
  });

  test.each([176, 177, 178])('line %i is done by hand', line => {
    expect(kindOf(stepAt(plan, line).action)).toBe('manual');
  });

  test('180 holds two percentile rules and its first bullet as instruction', () => {
    expect(actionOf(stepAt(plan, 180), 'rule').rules).toEqual(['R182', 'R183']);
    expect(rulesAt(182, 183)).toMatchObject([
      {metric: 'store_message', statistic: 'p95', op: '<', value: 850},
      {metric: 'booking', statistic: 'p95', op: '<', value: 420},
    ]);
    expect(stepAt(plan, 180).instructions[0]).toContain('P50, P95, P99');
  });

  test('186 to 194 are by hand but for memory, CPU and connections', () => {
    expect([187, 188, 189, 192, 193, 194].map(line => kindOf(stepAt(plan, line).action))).toEqual([
      'manual',
      'manual',
      'manual',
      'rule',
      'rule',
      'rule',
    ]);
    expect(rulesAt(192, 193, 194)).toMatchObject([
      {metric: 'memory', statistic: 'slope'},
      {metric: 'cpu usage', op: '<', value: 70, unit: '%'},
      {metric: 'database connections', op: '<', value: 50, unit: '%'},
    ]);
  });
});

describe('validation', () => {
  test('203 to 215 are reference values and no command', () => {
    expect(plan.references.map(({kind, value, line}) => [line, kind, value])).toEqual([
      [205, 'baseline', 2000],
      [206, 'baseline', 305],
      [207, 'baseline', 4281],
      [208, 'baseline', 1931],
      [211, 'expected', 745],
      [212, 'expected', 305],
      [213, 'expected', 1105],
      [214, 'expected', 0],
    ]);
    expect(plan.steps.some(step => step.line >= 200 && step.line < 217)).toBe(false);
  });

  test('217 to 227 are six rules and two checks by hand', () => {
    expect(rulesAt(218, 219, 220, 221, 222, 227)).toMatchObject([
      {metric: 'store_message', statistic: 'p95', op: '<', value: 850},
      {metric: 'booking', statistic: 'p95', op: '<', value: 420},
      {op: '>', value: 99, unit: '%'},
      {metric: 'error rate', statistic: 'error-rate', op: '<', value: 0.1, unit: '%'},
      {statistic: 'mean', op: '<', value: 270, unit: 'ms'},
      {op: '>', value: 99.9, unit: '%'},
    ]);
    expect([225, 226].map(line => kindOf(stepAt(plan, line).action))).toEqual(['manual', 'manual']);
  });

  test('231 to 277 are three daily query steps with four statements', () => {
    const daily = plan.steps.filter(step => step.line > 229 && step.line < 281);
    expect(daily.map(({line, action, everyMs, title}) => [line, kindOf(action), everyMs, title])).toEqual([
      [231, 'sql', 24 * HOUR, '1. Average Response Times'],
      [244, 'sql', 24 * HOUR, '2. Background Task Success Rate'],
      [265, 'sql', 24 * HOUR, '3. Database Performance'],
    ]);
    expect(daily.map(step => actionOf(step, 'sql').statements.length)).toEqual([1, 2, 1]);
  });
});
