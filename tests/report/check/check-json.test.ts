import {expect, test} from 'vitest';
import {checkJson} from '../../../src/report/check/check-json.ts';
import {lineOf, plan, rules, sectionId, steps} from '../builder.ts';

const json = JSON.parse(JSON.stringify(checkJson(plan)));

test('the plan has the members that are promised', () => {
  expect(Object.keys(json)).toEqual(
    expect.arrayContaining(['title', 'meta', 'sections', 'steps', 'rules', 'rollback', 'placeholders', 'problems']),
  );
  expect(json.sections[1]).toEqual({
    id: sectionId('Deploy'),
    title: 'Deploy',
    line: lineOf('# Deploy'),
    role: 'deploy',
    use: 'run',
    estimate: {minMs: 900_000, maxMs: 1_200_000},
  });
  expect(json.placeholders[0]).toEqual({text: 'user@your-vps-ip', lines: [lineOf('ssh user@')], bound: false});
  expect(json.problems).toEqual(plan.problems);
});

test('alternatives are arms and never stand among the commands', () => {
  const restart = json.steps.find((step: {id: string}) => step.id === steps.restart.id);
  expect(restart).toMatchObject({kind: 'ssh', context: 'vps'});
  expect(restart).not.toHaveProperty('commands');
  expect(restart.arms.map((arm: {commands: string[]; manual: boolean}) => [arm.commands, arm.manual])).toEqual([
    [['sudo systemctl restart shop'], false],
    [['sudo supervisorctl restart shop'], false],
    [[], true],
  ]);
  const restore = json.steps.find((step: {id: string}) => step.id === steps.restore.id);
  expect(restore.commands).toEqual(['cp .env.YYYYMMDD .env', 'curl https://your-domain.com/health']);
  expect(restore.destructive).toBe('deletes app');
});

test('a choice names its arms and their steps', () => {
  const how = json.steps.find((step: {id: string}) => step.id === steps.how.id);
  expect(how.arms[1]).toEqual({
    id: 'B',
    title: 'Option B: By hand',
    line: lineOf('Option B'),
    steps: [steps.restart.id],
  });
});

test('a rule and the rollback are given whole', () => {
  expect(json.rules[0]).toEqual({
    id: rules.store.id,
    text: rules.store.text,
    line: rules.store.line,
    metric: 'store_message',
    statistic: 'mean',
    op: '<',
    value: 1000,
    unit: 'ms',
    target: 745,
    window: 300_000,
    role: 'target',
    source: 'document',
    signal: 'store_message',
  });
  expect(json.rollback).toEqual({
    heading: 'Rollback',
    line: lineOf('## Rollback'),
    triggers: [rules.p95.id, rules.complaints.id],
    steps: [steps.restore.id, steps.order.id],
    doesNotUndo: plan.rollback?.doesNotUndo,
  });
  expect(checkJson({...plan, rollback: null})).toMatchObject({rollback: null});
});
