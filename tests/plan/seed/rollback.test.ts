/** The sample checklist, row by row: what every line of it means. */

import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {seedBytes} from '../../helpers/documents.ts';
import {actionOf, commandAt, stepAt} from '../../helpers/plan-view.ts';

const plan = parsePlan(seedBytes, emptyBindings);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function rulesAt(...lines: number[]) {
  return plan.rules
    .filter(rule => lines.includes(rule.line))
    .map(({metric, statistic, op, value, unit, target, role}) => ({metric, statistic, op, value, unit, target, role}));
}

describe('rollback', () => {
  test('285 to 290 are six triggers, and no steps', () => {
    expect(rulesAt(285, 286, 287, 288, 289, 290)).toMatchObject([
      {statistic: 'p95', op: '>', value: 1500, unit: 'ms', role: 'trigger'},
      {statistic: 'error-rate', op: '>', value: 5, unit: '%', role: 'trigger'},
      {metric: 'database connection failures', op: '>', value: 0, role: 'trigger'},
      {statistic: 'slope', op: '>', value: 500, unit: 'MB/h', role: 'trigger'},
      {metric: 'critical bugs', role: 'trigger'},
      {metric: 'complaints', op: '>', value: 3, role: 'trigger'},
    ]);
    const byPerson = plan.rules.filter(rule => rule.role === 'trigger' && rule.person).map(rule => rule.line);
    expect(byPerson).toEqual([289, 290]);
    expect(plan.rules.find(rule => rule.line === 290)?.windowMs).toBe(HOUR);
    expect(plan.steps.some(step => step.line > 283 && step.line < 292)).toBe(false);
  });

  test('the section is compiled: triggers, steps in order, what stays behind', () => {
    expect(plan.rollback).toMatchObject({
      line: 281,
      triggers: ['R285', 'R286', 'R287', 'R288', 'R289', 'R290'],
      steps: ['L295', 'L305', 'L321', 'L327', 'L337', 'L338', 'L339', 'L340', 'L343', 'L344', 'L345', 'L346'],
      estimate: {minMs: 15 * MINUTE, maxMs: 20 * MINUTE},
    });
    expect(plan.rollback?.doesNotUndo).toEqual([expect.stringMatching(/^git stash \(line 87\)/)]);
  });

  test('295 stops the unit on the host, or by hand', () => {
    const {context, stages} = actionOf(stepAt(plan, 295), 'script');
    expect(context.place).toMatchObject({kind: 'host', destination: 'user@your-vps-ip'});
    expect(stages).toMatchObject([{kind: 'alternatives', arms: [{manual: false}, {manual: true, label: 'via Plesk'}]}]);
    expect(commandAt(plan, 300)).toMatchObject({
      text: 'sudo systemctl stop myhibachi-api',
      inputs: [{kind: 'unit', manager: 'systemctl', name: 'myhibachi-api'}],
    });
  });

  test('305 restores by tag or by backup, then the environment if needed', () => {
    const step = stepAt(plan, 305);
    expect(step.destructive).toBe('deletes apps/backend');
    expect(step.condition).toBeUndefined();
    const [arms, after, ...rest] = actionOf(step, 'script').stages;
    expect(rest).toEqual([]);
    if (arms?.kind !== 'alternatives' || after?.kind !== 'commands') throw new Error('unexpected stages');
    expect(arms.arms.map(arm => arm.commands.map(({text}) => text))).toEqual([
      ['git checkout v1.0-pre-phase2'],
      ['rm -rf apps/backend', 'cp -r apps/backend.backup.YYYYMMDD apps/backend'],
    ]);
    expect(after.commands).toMatchObject([{text: 'cp .env.backup.YYYYMMDD .env', condition: 'if needed'}]);
  });

  test('the inputs of the rollback are what readiness has to prove', () => {
    const directory = '/path/to/myhibachi-backend';
    const backup = {kind: 'directory', path: 'apps/backend.backup.YYYYMMDD', directory};
    const madeAt = (line: number) => ({madeBy: {steps: [`L${line}`], line}});
    expect(commandAt(plan, 310).inputs).toEqual([{kind: 'git-ref', ref: 'v1.0-pre-phase2', directory, ...madeAt(43)}]);
    const survives = {kind: 'survives', deleted: [{path: 'apps/backend'}], directory: '/path/to/myhibachi-backend'};
    expect(commandAt(plan, 313).inputs).toEqual([
      backup,
      {...survives, needed: backup.path, line: 314},
      {...survives, needed: 'requirements.txt', line: 323},
    ]);
    expect(commandAt(plan, 314).inputs).toEqual([backup]);
    expect(commandAt(plan, 317).inputs).toEqual([{kind: 'file', path: '.env.backup.YYYYMMDD', directory}]);
  });

  test('321 is conditional, in the directory the section has gone to', () => {
    expect(stepAt(plan, 321)).toMatchObject({kind: 'ssh', condition: 'if requirements.txt changed'});
    expect(commandAt(plan, 323)).toMatchObject({
      text: 'pip install -r requirements.txt',
      directory: '/path/to/myhibachi-backend',
      condition: 'if requirements.txt changed',
    });
  });

  test('327 starts the unit and then asks for health', () => {
    const {stages} = actionOf(stepAt(plan, 327), 'script');
    expect(stages.map(stage => stage.kind)).toEqual(['alternatives', 'http']);
    expect(stages[1]).toMatchObject({request: {method: 'GET', line: 333, url: 'https://your-api-domain.com/health'}});
  });

  test.each([337, 338, 339, 340, 343, 344, 345, 346])('line %i is left for people', line => {
    expect(stepAt(plan, line)).toMatchObject({kind: 'manual', boxes: [line]});
  });
});

describe('the end of the document', () => {
  test('355 to 370 are judged as criteria where something measures them', () => {
    const criteria = plan.rules.filter(rule => rule.role === 'criterion').map(rule => rule.line);
    expect(criteria).toEqual([355, 356, 357, 358, 361, 362, 364, 370]);
    expect([363, 367, 368, 369].map(line => kindOf(stepAt(plan, line).action))).toEqual(Array(4).fill('manual'));
  });

  test('383 to 386 are contacts to fill, 377 to 380 what to do in an incident', () => {
    expect(plan.contacts).toEqual(
      ['Developer', 'DevOps', 'On-Call', 'Database Admin'].map((role, index) => ({
        role,
        name: '',
        line: 383 + index,
        blank: true,
      })),
    );
    expect(plan.incident?.map(({line}) => line)).toEqual([377, 378, 379, 380]);
    expect(actionOf(stepAt(plan, 383), 'input').blanks.map(blank => blank.computed)).toEqual(Array(4).fill(undefined));
  });

  test('392 to 394 are filled by the run, 411 and 412 at sign-off', () => {
    expect(actionOf(stepAt(plan, 392), 'input').blanks.map(blank => blank.computed)).toEqual([
      'start',
      'end',
      'duration',
    ]);
    expect(actionOf(stepAt(plan, 411), 'input').blanks.map(blank => blank.computed)).toEqual(['signer', 'date']);
  });

  test('397 and 407 are radio groups with one answer', () => {
    expect(actionOf(stepAt(plan, 397), 'choice').arms.map(arm => arm.title)).toEqual([
      'None',
      'Minor (list below)',
      'Major (rollback required)',
    ]);
    expect(stepAt(plan, 397)).toMatchObject({title: 'Issues Encountered', boxes: [397, 398, 399]});
    expect(stepAt(plan, 407)).toMatchObject({title: 'Final Status', boxes: [407, 408, 409]});
    // That one was wanted is known however it ended; that it succeeded is not.
    const answers = [397, 407].map(line => actionOf(stepAt(plan, line), 'choice').arms.map(arm => arm.rollback));
    expect(answers).toEqual([
      [undefined, undefined, 'needed'],
      [undefined, undefined, 'done'],
    ]);
  });

  test('every box of the document belongs to exactly one step, triggers excepted', () => {
    const boxes = plan.source.flatMap((line, index) => (/^\s*- \[[ x]\] /.test(line) ? [index + 1] : []));
    expect(boxes).toHaveLength(105);
    const held = plan.steps.flatMap(step => step.boxes).sort((a, b) => a - b);
    expect(held).toEqual(boxes.filter(line => line < 285 || line > 290));
  });
});
