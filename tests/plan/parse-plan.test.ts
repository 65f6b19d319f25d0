import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Plan} from '../../src/plan/plan.ts';
import {kindOf} from '../../src/plan/plan.ts';
import {seedBytes} from '../helpers/documents.ts';
import {actionOf, commandTexts, planOf, problemsOf, stepAt} from '../helpers/plan-view.ts';

const seed = seedBytes.toString();

describe('problems', () => {
  test('a document without a rollback section says so', () => {
    expect(problemsOf(planOf('## Deploy', '- [ ] a'), 'rollback-missing')).toEqual([1]);
  });

  test('a document nothing of which can be run says so', () => {
    expect(problemsOf(planOf('## Deploy', '- [ ] a'), 'nothing-runnable')).toEqual([1]);
    expect(problemsOf(planOf('## Deploy', '- [ ] `make x`'), 'nothing-runnable')).toEqual([]);
  });

  test('a command that opens an editor is interactive, and left to a person', () => {
    const plan = planOf('## Deploy', '```bash', 'vim /etc/x', '```');
    expect(problemsOf(plan, 'interactive-command')).toEqual([3]);
    expect(stepAt(plan, 2)).toMatchObject({kind: 'manual', instructions: ['vim /etc/x']});
  });

  test('destructive SQL is pointed out', () => {
    const plan = planOf('## Deploy', '```sql', 'select 1;', 'drop table users;', '```');
    expect(problemsOf(plan, 'destructive-command')).toEqual([4]);
  });

  test('a rollback to a tag that nothing makes is pointed out once', () => {
    const plan = planOf(
      '## Deploy',
      '- [ ] `make x`',
      '## Rollback',
      '```bash',
      'git checkout v1.2',
      'git checkout v1.2',
      '```',
    );
    expect(problemsOf(plan, 'rollback-input-never-created')).toEqual([5]);
  });

  test('a migration is left behind, unless the rollback migrates back', () => {
    const deploy = ['## Deploy', '- [ ] `alembic upgrade head`', '## Rollback', '```bash'];
    expect(planOf(...deploy, 'make old', '```').rollback?.doesNotUndo).toEqual([
      expect.stringContaining('alembic upgrade head (line 2)'),
    ]);
    expect(planOf(...deploy, 'alembic downgrade -1', '```').rollback?.doesNotUndo).toEqual([]);
  });

  test('the file is named on them when it is given', () => {
    const plan = parsePlan('## Deploy\n- [x] a', emptyBindings, {file: 'list.md'});
    expect(plan.problems.map(problem => problem.file)).toEqual(plan.problems.map(() => 'list.md'));
  });

  test('an unknown directive is a problem, not silence', () => {
    expect(problemsOf(planOf('## Deploy', '```bash {colour=red}', 'make x', '```'), 'unknown-directive')).toEqual([2]);
  });
});

describe('code blocks', () => {
  test('without a language are commands only when every line is one', () => {
    const plan = planOf('## Deploy', '```', 'git pull', 'make install', '```', '```', 'Deploying…', 'done', '```');
    expect(plan.steps).toHaveLength(1);
    expect(commandTexts(stepAt(plan, 2))).toEqual(['git pull', 'make install']);
  });

  test('that never close still hold their commands', () => {
    expect(commandTexts(stepAt(planOf('## Deploy', '```bash', 'make x'), 2))).toEqual(['make x']);
  });

  test('mixing local work and a request keep their order', () => {
    const plan = planOf('## Deploy', '```bash', 'make start', 'curl https://a/h  # expect 200', 'make more', '```');
    const {stages} = actionOf(stepAt(plan, 2), 'script');
    expect(stages.map(stage => stage.kind)).toEqual(['commands', 'http', 'commands']);
    expect(stages[1]).toMatchObject({request: {expectations: [{check: {kind: 'status', codes: [200]}}]}});
  });

  test('a status is never expected of a command that has none', () => {
    const plan = planOf('## Deploy', '```bash', 'make start', './probe.sh  # expect 200', '```');
    expect(stepAt(plan, 2).expectations).toEqual([expect.objectContaining({readable: false})]);
  });

  test('a command that never ends is parted from those that do', () => {
    const plan = planOf('## Deploy', '```bash', 'make start', 'tail -f /var/log/app/web.log', 'make check', '```');
    expect(plan.steps.map(step => kindOf(step.action))).toEqual(['shell', 'tail', 'shell']);
    expect(plan.steps[1]?.action).toMatchObject({source: 'web', file: '/var/log/app/web.log'});
  });

  test.each([
    ['tail -f /var/log/a/error.log', {source: 'error', file: '/var/log/a/error.log'}],
    ['tail -n 100 -f app.log | grep ERROR', {source: 'app', command: 'tail -n 100 -f app.log | grep ERROR'}],
    ['journalctl -u api.service -f', {source: 'api', command: 'journalctl -u api.service -f'}],
    ['kubectl logs -f deploy/web', {source: 'web'}],
    ['docker logs -f worker', {source: 'worker'}],
  ])('%s is known as its source', (command, action) => {
    expect(stepAt(planOf('## Deploy', '```bash', command, '```'), 2).action).toMatchObject(action);
  });

  test('a very long command is never cut', () => {
    const long = `echo ${'x'.repeat(50_000)}`;
    expect(commandTexts(stepAt(planOf('## Deploy', '```bash', long, '```'), 2))).toEqual([long]);
  });
});

describe('options', () => {
  test('sibling headings are one choice, with the recommended one marked', () => {
    const plan = planOf(
      '## Deploy',
      '### Option 1: Docker',
      '- [ ] a',
      '### Option 2: Bare (recommended)',
      '- [ ] b',
      '### After',
      '- [ ] c',
    );
    expect(actionOf(stepAt(plan, 2), 'choice').arms).toMatchObject([
      {steps: ['L3']},
      {steps: ['L5'], recommended: true},
    ]);
    expect(stepAt(plan, 7).arm).toBeUndefined();
  });

  test('one option alone is no choice', () => {
    expect(planOf('## Deploy', '### Option 1: Docker', '- [ ] a').steps.map(step => kindOf(step.action))).toEqual([
      'manual',
    ]);
  });
});

/** What must hold of any plan, whatever it was read from. */
function expectSound(plan: Plan): void {
  const steps = plan.steps.map(step => step.id);
  expect(new Set(steps).size).toBe(steps.length);
  const sections = new Set(plan.sections.map(section => section.id));
  for (const {section, line, endLine, boxes} of plan.steps) {
    expect(sections).toContain(section);
    for (const at of [line, endLine, ...boxes]) {
      expect(at).toBeGreaterThanOrEqual(1);
      expect(at).toBeLessThanOrEqual(plan.source.length);
    }
  }
  const rules = plan.rules.map(rule => rule.id);
  expect(new Set(rules).size).toBe(rules.length);
  for (const id of plan.rollback?.steps ?? []) expect(steps).toContain(id);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
}

/** A small generator of its own, so that a failure can be repeated from its seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('any document', () => {
  test.each(Array.from({length: 25}, (_, index) => index + 1))('random bytes give a plan (%i)', number => {
    const random = randomFrom(number);
    expectSound(
      parsePlan(
        Uint8Array.from({length: 3000}, () => Math.floor(random() * 256)),
        emptyBindings,
      ),
    );
  });

  test.each(Array.from({length: 40}, (_, index) => index + 1))('a mutilated checklist gives a plan (%i)', number => {
    const random = randomFrom(number);
    const marks = [
      '```',
      '- [ ] ',
      '# OR\n',
      '> ',
      '\t',
      '\r\n',
      '`',
      '**',
      '<!--',
      '-->',
      '|',
      '$(',
      "'",
      '"',
      '\\',
      '___',
      '\u0000',
      '# ',
      '1. ',
    ];
    let text = seed;
    for (let times = 0; times < 60; times += 1) {
      const at = Math.floor(random() * text.length);
      const cut = Math.floor(random() * 40);
      text =
        text.slice(0, at) +
        (marks[Math.floor(random() * marks.length)] ?? '') +
        text.slice(at + (random() < 0.5 ? cut : 0));
    }
    expectSound(parsePlan(text, emptyBindings));
  });

  test.each([
    ['nothing', ''],
    ['a byte order mark alone', '\ufeff'],
    ['quotations in quotations', '> '.repeat(20_000)],
    ['lists in lists', Array.from({length: 500}, (_, depth) => `${'  '.repeat(depth)}- [ ] a`).join('\n')],
    ['one long line', '['.repeat(300_000)],
    ['an endless quote', `\`\`\`bash\necho '${'\n"'.repeat(5000)}`],
    ['substitutions in substitutions', `\`\`\`bash\n${'$('.repeat(50_000)}`],
    ['a comment that never closes', `<!-- tminus: ${'a=b '.repeat(5000)}`],
  ])('%s', (_, text) => {
    expectSound(parsePlan(text, emptyBindings));
  });

  test('line ends of any kind do not move a line', () => {
    const unix = planOf(...seed.split('\n'));
    const windows = parsePlan(seed.replaceAll('\n', '\r\n'), emptyBindings);
    expect(windows.steps.map(step => step.id)).toEqual(unix.steps.map(step => step.id));
    expect(windows.problems).toEqual(unix.problems);
  });

  test('a document cut into pieces reads as it does whole', () => {
    const [, body = ''] = /^[^\n]*\n([\s\S]*)$/.exec(seed) ?? [];
    const kinds = (plan: Plan) => plan.steps.filter(step => step.line > 1).map(step => kindOf(step.action));
    const once = kinds(parsePlan(`# Title\n${body}`, emptyBindings));
    const twelve = parsePlan(`# Title\n${body.repeat(12)}`, emptyBindings);
    expect(twelve.source.join('\n').length).toBeGreaterThan(100_000);
    expect(kinds(twelve).length).toBeGreaterThan((once.length - 1) * 12);
    expect(kinds(twelve).slice(1, once.length)).toEqual(once.slice(1));
  });
});

test('what a person does and judges in one line is no problem, what a command should give is', () => {
  const reviewed = '- [ ] Should be reviewed by 2 people';
  const plan = planOf('## Verify', reviewed, '### Build', '```bash', 'make x', '# Should show: all is well', '```');
  expect(problemsOf(plan, 'unreadable-expectation')).toEqual([6]);
});

test('bullets under a code block that say what should come out are expected of it, unread or not', () => {
  const plan = planOf('## Verify', '```sql', 'select 1;', '```', '* All counts should be equal', '* tell the others');
  expect(stepAt(plan, 2).expectations.map(({line, readable}) => [line, readable])).toEqual([[5, false]]);
});
