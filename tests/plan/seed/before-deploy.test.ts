/** The sample checklist, row by row: what every line of it means. */

import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import type {SectionRole} from '../../../src/plan/plan.ts';
import {seedBytes} from '../../helpers/documents.ts';
import {actionOf, commandAt, commandTexts, stepAt} from '../../helpers/plan-view.ts';

const plan = parsePlan(seedBytes, emptyBindings);
const MINUTE = 60_000;

function section(line: number) {
  const found = plan.sections.find(one => one.line === line);
  if (found === undefined) throw new Error(`no section on line ${line}`);
  return found;
}

describe('the head', () => {
  test('title and subtitle lose their decoration', () => {
    expect(plan.title).toBe('PRODUCTION DEPLOYMENT CHECKLIST');
    expect(plan.subtitle).toBe('Phase 2A+2C Performance Optimization');
  });

  test('the blanks of the head fill themselves from the run', () => {
    const {blanks} = actionOf(stepAt(plan, 4), 'input');
    expect(blanks.map(({label, computed}) => [label, computed])).toEqual([
      ['Deployment Date', 'start-date'],
      ['Deployed By', 'user'],
    ]);
    expect(plan.meta.find(entry => entry.key === 'PR')?.value).toBe('#3 (feature/tool-calling-phase-1)');
    expect(plan.expectedDuration).toEqual({minMs: 30 * MINUTE, maxMs: 45 * MINUTE});
  });

  test('mojibake is repaired without moving a line', () => {
    expect(plan.source[129]).toBe('  Expected: Response in <1000ms ✅');
    expect(plan.source).toHaveLength(seedBytes.toString('utf8').split('\n').length);
  });
});

describe('sections', () => {
  test.each<[number, SectionRole]>([
    [11, 'prepare'],
    [13, 'prepare'],
    [20, 'prepare'],
    [33, 'prepare'],
    [42, 'prepare'],
    [48, 'prepare'],
    [56, 'deploy'],
    [58, 'deploy'],
    [68, 'deploy'],
    [70, 'deploy'],
    [78, 'deploy'],
    [105, 'verify'],
    [119, 'verify'],
    [144, 'monitor'],
    [146, 'monitor'],
    [167, 'monitor'],
    [185, 'monitor'],
    [198, 'validate'],
    [217, 'validate'],
    [224, 'validate'],
    [229, 'validate'],
    [281, 'rollback'],
    [283, 'triggers'],
    [292, 'rollback'],
    [294, 'rollback'],
    [336, 'rollback'],
    [350, 'criteria'],
    [354, 'criteria'],
    [374, 'contacts'],
    [390, 'notes'],
    [416, 'reference'],
  ])('line %i has role %s', (line, role) => {
    expect(section(line).role).toBe(role);
  });

  test.each([
    [58, 5, 5],
    [68, 15, 20],
    [105, 5, 5],
    [119, 5, 5],
    [292, 15, 20],
  ])('line %i is estimated at %i to %i minutes', (line, min, max) => {
    expect(section(line).estimate).toEqual({minMs: min * MINUTE, maxMs: max * MINUTE});
    expect(section(line).window).toBeUndefined();
  });

  test.each([
    [144, 0, 120],
    [146, 0, 15],
    [167, 0, 60],
    [185, 0, 120],
    [198, 24 * 60, 48 * 60],
    [350, 48 * 60, 48 * 60],
    [366, 48 * 60, 48 * 60],
  ])('line %i has its window at T+%i to %i minutes', (line, from, to) => {
    expect(section(line).window).toEqual({fromMs: from * MINUTE, toMs: to * MINUTE});
    expect(section(line).estimate).toBeUndefined();
  });
});

describe('tasks and commands before the deploy', () => {
  test.each([14, 15, 16, 17, 18, 30, 31, 34, 46, 50, 52, 59, 60, 61])('line %i is done by hand', line => {
    expect(stepAt(plan, line)).toMatchObject({kind: 'manual', boxes: [line]});
  });

  test('17 keeps what a bound command would have to show', () => {
    expect(stepAt(plan, 17).expectations).toMatchObject([{op: '>=', value: 9}]);
  });

  test('21 is one query that must count at least 14', () => {
    const step = stepAt(plan, 21);
    expect(step).toMatchObject({kind: 'sql', boxes: [21], endLine: 28});
    const {statements} = actionOf(step, 'sql');
    expect(statements).toHaveLength(1);
    expect(statements[0]?.text).toMatch(/^SELECT COUNT[\s\S]*'feedback'\);$/);
    expect(statements[0]?.expectations).toMatchObject([{check: {kind: 'number', op: '>=', value: 14}}]);
    expect(step.expectations).toMatchObject([{line: 27, op: '>=', value: 14}]);
  });

  test('29 asks for a timestamp', () => {
    const step = stepAt(plan, 29);
    expect(step).toMatchObject({kind: 'input', title: 'Database backup completed (timestamp)', boxes: [29]});
    expect(actionOf(step, 'input').blanks).toMatchObject([{label: 'timestamp', line: 29}]);
  });

  test('35 to 40 are one step that names five variables', () => {
    const step = stepAt(plan, 35);
    expect(step).toMatchObject({kind: 'manual', boxes: [35, 36, 37, 38, 39, 40], endLine: 40});
    expect(step.instructions.map(text => /`(\w+)`/.exec(text)?.[1])).toEqual([
      'DATABASE_URL',
      'OPENAI_API_KEY',
      'REDIS_URL',
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
    ]);
    expect(step.instructions[2]).toContain('if using Redis caching');
    expect(step.expectations.map(({line, text}) => [line, text])).toEqual([
      [39, 'TWILIO_ACCOUNT_SID not committed'],
      [40, 'TWILIO_AUTH_TOKEN not committed'],
    ]);
  });

  test.each([
    [43, 'git tag v1.0-pre-phase2'],
    [44, 'cp -r apps/backend apps/backend.backup.$(date +%Y%m%d)'],
    [45, 'cp .env .env.backup.$(date +%Y%m%d)'],
    [49, 'pip install -r requirements.txt'],
    [51, 'python -c "from api.ai.memory import postgresql_memory"'],
  ])('line %i runs its inline command here', (line, command) => {
    const step = stepAt(plan, line);
    expect(step).toMatchObject({kind: 'shell', boxes: [line]});
    expect(commandTexts(step)).toEqual([command]);
    expect(actionOf(step, 'script').context.place).toEqual({kind: 'local'});
  });

  test.each([44, 45])('line %i captures the date under the name the rollback uses', line => {
    expect(commandAt(plan, line).captures).toEqual([{expression: '$(date +%Y%m%d)', name: 'YYYYMMDD'}]);
  });

  test('62 is two commands', () => {
    expect(commandTexts(stepAt(plan, 62))).toEqual(['git checkout main', 'git pull origin main']);
    expect(stepAt(plan, 62)).toMatchObject({kind: 'shell', boxes: [62]});
  });
});
