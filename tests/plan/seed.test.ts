/** The sample checklist, row by row: what every line of it means. */
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../src/plan/bindings.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {SectionRole} from '../../src/plan/plan.ts';
import {actionOf, commandAt, commandTexts, problemsOf, stepAt} from '../helpers/plan-view.ts';

const bytes = readFileSync(new URL('../fixtures/seed.md', import.meta.url));
const plan = parsePlan(bytes, emptyBindings);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function section(line: number) {
  const found = plan.sections.find(one => one.line === line);
  if (found === undefined) throw new Error(`no section on line ${line}`);
  return found;
}

function rulesAt(...lines: number[]) {
  return plan.rules
    .filter(rule => lines.includes(rule.line))
    .map(({metric, statistic, op, value, unit, target, role}) => ({metric, statistic, op, value, unit, target, role}));
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
    expect(plan.source).toHaveLength(bytes.toString('utf8').split('\n').length);
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
    expect(step.kind).toBe('http');
    const [request] = actionOf(step, 'http').requests;
    expect(request).toMatchObject({method: 'GET', url: 'https://your-api-domain.com/health'});
    expect(request?.expectations).toMatchObject([{check: {kind: 'json', subset: {status: 'healthy'}}}]);
  });

  test('111 opens the log "error" on the host', () => {
    const step = stepAt(plan, 111);
    expect(step.kind).toBe('tail');
    expect(actionOf(step, 'tail')).toMatchObject({
      source: 'error',
      file: '/var/log/myhibachi-api/error.log',
      context: {place: {kind: 'host', destination: 'user@your-vps-ip'}},
      alternatives: ['via Plesk: Plesk > Logs > Error Log'],
    });
  });

  test.each([116, 117])('line %i is done by hand until it is bound', line => {
    expect(stepAt(plan, line).kind).toBe('manual');
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
    expect(stepAt(plan, 120).kind).toBe('http');
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
    expect([153, 154, 155].map(line => stepAt(plan, line).kind)).toEqual(['manual', 'manual', 'rule']);
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
    expect(stepAt(plan, line).kind).toBe('manual');
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
    expect([187, 188, 189, 192, 193, 194].map(line => stepAt(plan, line).kind)).toEqual([
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
    expect([225, 226].map(line => stepAt(plan, line).kind)).toEqual(['manual', 'manual']);
  });

  test('231 to 277 are three daily query steps with four statements', () => {
    const daily = plan.steps.filter(step => step.line > 229 && step.line < 281);
    expect(daily.map(({line, kind, everyMs, title}) => [line, kind, everyMs, title])).toEqual([
      [231, 'sql', 24 * HOUR, '1. Average Response Times'],
      [244, 'sql', 24 * HOUR, '2. Background Task Success Rate'],
      [265, 'sql', 24 * HOUR, '3. Database Performance'],
    ]);
    expect(daily.map(step => actionOf(step, 'sql').statements.length)).toEqual([1, 2, 1]);
  });
});

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
    expect(commandAt(plan, 310).inputs).toEqual([{kind: 'git-ref', ref: 'v1.0-pre-phase2', directory}]);
    expect(commandAt(plan, 313).inputs).toEqual([backup]);
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
    expect([363, 367, 368, 369].map(line => stepAt(plan, line).kind)).toEqual(Array(4).fill('manual'));
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
    expect(actionOf(stepAt(plan, 411), 'input').blanks.map(blank => blank.computed)).toEqual(['user', 'date']);
  });

  test('397 and 407 are radio groups with one answer', () => {
    expect(actionOf(stepAt(plan, 397), 'choice').arms.map(arm => arm.title)).toEqual([
      'None',
      'Minor (list below)',
      'Major (rollback required)',
    ]);
    expect(stepAt(plan, 397)).toMatchObject({title: 'Issues Encountered', boxes: [397, 398, 399]});
    expect(stepAt(plan, 407)).toMatchObject({title: 'Final Status', boxes: [407, 408, 409]});
  });

  test('every box of the document belongs to exactly one step, triggers excepted', () => {
    const boxes = plan.source.flatMap((line, index) => (/^\s*- \[[ x]\] /.test(line) ? [index + 1] : []));
    expect(boxes).toHaveLength(105);
    const held = plan.steps.flatMap(step => step.boxes).sort((a, b) => a - b);
    expect(held).toEqual(boxes.filter(line => line < 285 || line > 290));
  });
});

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
  const bound = parsePlan(bytes, bindings);

  test('the backup is made where the rollback will look for it', () => {
    expect(stepAt(bound, 44).kind).toBe('ssh');
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
});
