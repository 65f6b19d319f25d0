/** The sample checklist, row by row: what every line of it means. */

import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {seedBytes} from '../../helpers/documents.ts';
import {actionOf, problemsOf, stepAt} from '../../helpers/plan-view.ts';

const plan = parsePlan(seedBytes, emptyBindings);

describe('problems', () => {
  test.each([
    ['encoding-repaired', [1]],
    ['alternatives-in-block', [98, 113, 300, 310, 329]],
    ['endless-command', [113]],
    ['unguarded-curl', [108, 122, 126, 333]],
    ['destructive-command', [313]],
    ['rollback-does-not-undo', [87]],
    ['contradictory-threshold', [21, 150, 285]],
    ['preticked-box', [355, 356, 357, 358, 361, 362, 363, 364, 367, 368, 369, 370]],
    ['rollback-input-never-created', [310, 314, 317]],
    ['interactive-command', []],
    ['rollback-missing', []],
    ['nothing-runnable', []],
  ])('%s is reported on lines %j', (code, lines) => {
    expect(problemsOf(plan, code)).toEqual(lines);
  });

  test('each open placeholder is reported once, where it is first written', () => {
    const open = plan.problems.filter(problem => problem.code === 'unbound-placeholder');
    expect(open.map(({line, message}) => [line, message.split(' ')[0]])).toEqual([
      [81, 'user@your-vps-ip'],
      [84, '/path/to/myhibachi-backend'],
      [108, 'your-api-domain.com'],
      [314, 'YYYYMMDD'],
    ]);
    expect(plan.placeholders.find(({text}) => text === 'YYYYMMDD')).toMatchObject({capture: true, lines: [314, 317]});
  });

  test('contradictions name the other line', () => {
    const [count, target, baseline] = plan.problems.filter(problem => problem.code === 'contradictory-threshold');
    expect(count?.message).toMatch(/45\/45.*line 27.*14/);
    expect(target?.message).toMatch(/367.*line 212.*305/);
    expect(baseline?.message).toMatch(/1500.*205 and 338.*2000/);
  });

  test('every problem has a place in the document, a message and a hint', () => {
    for (const problem of plan.problems) {
      expect(problem.line).toBeGreaterThan(0);
      expect(problem.column).toBeGreaterThan(0);
      expect(problem.message).not.toBe('');
      expect(problem.hint).not.toBe('');
    }
  });

  test('the column points at what is meant', () => {
    const curl = plan.problems.find(problem => problem.code === 'unguarded-curl' && problem.line === 108);
    expect(curl?.column).toBe(3);
  });
});

describe('bound to a host', () => {
  const bindings = {
    ...emptyBindings,
    hosts: {
      vps: {matches: ['user@your-vps-ip'], destination: 'deploy@203.0.113.7', directory: '/srv/app', line: 1},
    },
    values: {'/path/to/myhibachi-backend': {value: '/srv/app', secret: false, line: 1}},
    contexts: {'4. Backup Current Production': 'vps'},
  };
  const bound = parsePlan(seedBytes, bindings);

  test('the backup is made where the rollback will look for it', () => {
    expect(kindOf(stepAt(bound, 44).action)).toBe('ssh');
    expect(problemsOf(bound, 'rollback-input-never-created')).toEqual([]);
  });

  test('the destination is known by the name of the host', () => {
    expect(actionOf(stepAt(bound, 79), 'script').context).toMatchObject({
      place: {kind: 'host', host: 'vps', destination: 'user@your-vps-ip'},
      directory: '/srv/app',
    });
    expect(bound.placeholders.filter(placeholder => !placeholder.bound).map(({text}) => text)).toEqual([
      'your-api-domain.com',
      'YYYYMMDD',
    ]);
  });

  test('and is looked for where the document writes it, not where the bindings put it', () => {
    const [destination] = bound.placeholders.filter(({text}) => text === 'user@your-vps-ip');
    expect(destination?.lines).toEqual([81, 297]);
  });
});
