import {describe, expect, test} from 'vitest';
import {kindOf} from '../../../../src/plan/plan.ts';
import {actionOf, commandTexts, planOf, stepAt} from '../../../helpers/plan-view.ts';

describe('a task', () => {
  test.each([
    ['- [ ] `.env` file backed up', 'manual'],
    ['- [ ] Tables `users` and `orders` exist', 'manual'],
    ['- [ ] See `docs/guide.md`', 'manual'],
    ['- [ ] Never run `rm -rf /` here', 'manual'],
    ['- [ ] Tag it: `git tag v1`', 'shell'],
    ['1. [ ] Tag it: `git tag v1`', 'shell'],
    ['* [x] Tag it: `git tag v1`', 'shell'],
    ['- [ ] Ticket: ______', 'input'],
    ['- [ ] Note the [timestamp]', 'input'],
    ['- [ ] Read [the guide](https://a/b)', 'manual'],
  ])('%s is %s', (text, kind) => {
    expect(kindOf(stepAt(planOf('## Preparation', text), 2).action)).toBe(kind);
  });

  test('is titled without markup, command and colon', () => {
    expect(stepAt(planOf('## Preparation', '- [ ] **Tag** the ✅ _old_ version: `git tag v1`'), 2).title).toBe(
      'Tag the old version',
    );
    expect(stepAt(planOf('## Preparation', '- [ ] Never run `rm -rf /`'), 2).title).toBe('Never run rm -rf /');
  });

  test('with two commands inside runs both in order', () => {
    expect(commandTexts(stepAt(planOf('## Deploy', '- [ ] Run `git pull` and `make install`'), 2))).toEqual([
      'git pull',
      'make install',
    ]);
  });

  test('holds its code block, and prose after the code block is what is expected', () => {
    const plan = planOf(
      '## Deploy',
      '- [ ] Health',
      '  ```bash',
      '  curl -f https://a/h',
      '  ```',
      '  Expected: 200',
      '- [ ] Next',
    );
    expect(stepAt(plan, 2)).toMatchObject({kind: 'http', boxes: [2], endLine: 6});
    expect(stepAt(plan, 2).expectations).toMatchObject([{line: 6, check: {kind: 'status', codes: [200]}}]);
  });

  test('whose code block goes through several hosts answers for its box with the last step', () => {
    const plan = planOf('## Deploy', '- [ ] All', '  ```bash', '  make a', '  ssh me@web', '  make b', '  ```');
    expect(plan.steps.map(({line, action, boxes, title}) => [line, kindOf(action), boxes, title])).toEqual([
      [2, 'shell', [], 'All (1/2)'],
      [6, 'ssh', [2], 'All (2/2)'],
    ]);
  });

  test('a bound behind a bare > is a bound, not a quotation', () => {
    const plan = planOf('## When to rollback', '- > 20 support tickets', '- [ ] > 5 crashes per hour');
    expect(plan.rules.map(({line, op, value}) => [line, op, value])).toEqual([
      [2, '>', 20],
      [3, '>', 5],
    ]);
  });
});

describe('tasks under a task', () => {
  test('are steps of their own, the last of which answers for the group', () => {
    const plan = planOf('## Monitoring', '- [ ] Jobs', '  - [ ] Mails go out', '  - [ ] Invoices are made');
    expect(plan.steps.map(step => [step.line, step.boxes])).toEqual([
      [3, [3]],
      [4, [2, 4]],
    ]);
  });

  test('that are only names make one step', () => {
    const plan = planOf('## Preparation', '- [ ] Variables set', '  - [ ] `A_KEY`', '  - [ ] `B_URL` (optional)');
    expect(plan.steps).toHaveLength(1);
    expect(stepAt(plan, 2)).toMatchObject({boxes: [2, 3, 4], instructions: ['`A_KEY`', '`B_URL` (optional)']});
  });
});

describe('thresholds', () => {
  test('are rules where people watch, and plain tasks before the deploy', () => {
    const plan = planOf('## Preparation', '- [ ] P95 < 100ms', '## Monitoring', '- [ ] P95 < 100ms');
    expect([2, 4].map(line => kindOf(stepAt(plan, line).action))).toEqual(['manual', 'rule']);
    expect(plan.rules).toHaveLength(1);
  });

  test('in words alone under triggers wait for a person', () => {
    const plan = planOf('## When to rollback', '- [ ] The payment provider calls');
    expect(plan.rules).toMatchObject([{role: 'trigger', person: true, consecutive: 1}]);
    expect(plan.steps).toEqual([]);
  });
});

test('an ordered list of a procedure is its steps, nested bullets its instructions', () => {
  const plan = planOf('## Deployment', '1. Put up the banner', '   - in the admin panel', '2. Run `make deploy`');
  expect(plan.steps.map(({line, action}) => [line, kindOf(action)])).toEqual([
    [2, 'manual'],
    [4, 'shell'],
  ]);
  expect(stepAt(plan, 2).instructions).toEqual(['in the admin panel']);
});

test('directives set what prose cannot', () => {
  const plan = planOf(
    '## Deploy',
    '<!-- tminus: timeout=5m retries=2 -->',
    '- [ ] Restart: `make restart`',
    '```bash {name=build every=30s}',
    'make build',
    '```',
  );
  expect(stepAt(plan, 3)).toMatchObject({timeoutMs: 300_000, retries: 2});
  expect(stepAt(plan, 4)).toMatchObject({title: 'build', everyMs: 30_000});
});

test('a radio list under its label is one choice, a plain list in the same place is not', () => {
  const plan = planOf(
    '## Preparation',
    '**Outcome:**',
    '- [ ] Good',
    '- [ ] Bad',
    '',
    '**Team:**',
    '- [ ] Ana',
    '- [ ] Bo',
  );
  expect(plan.steps.map(step => kindOf(step.action))).toEqual(['choice', 'manual', 'manual']);
  expect(actionOf(stepAt(plan, 3), 'choice').arms.map(arm => arm.title)).toEqual(['Good', 'Bad']);
});

describe('the title of a task', () => {
  test.each([
    ['- [ ] Restart the workers', '  - Command: `systemctl restart workers`'],
    ['- [ ] Restart the workers', '  - Run:', '    ```bash', '    systemctl restart workers', '    ```'],
  ])('is its own, and not the label of its command', (...lines) => {
    const plan = planOf('## Deploy', ...lines, '  - Expected: active (running)');
    expect(plan.steps.map(({title, boxes}) => [title, boxes])).toEqual([['Restart the workers', [2]]]);
    expect(plan.steps[0]?.expectations.map(({text}) => text)).toEqual(['Expected: active (running)']);
  });

  test('is told beside that of its only bullet', () => {
    const plan = planOf('## Deploy', '1. **Freeze**', '   - Stop the sync:', '     ```bash', '     ./a.sh', '     ```');
    expect(plan.steps.map(({title}) => title)).toEqual(['Freeze: Stop the sync']);
  });

  test('stays when only what is below it is optional', () => {
    const plan = planOf('## Deploy', '- [ ] Warm the cache', '  - [ ] (optional) fetch the images');
    expect(plan.steps.map(({title, boxes, condition}) => [title, boxes, condition])).toEqual([
      ['Warm the cache', [2], undefined],
      ['(optional) fetch the images', [3], 'optional'],
    ]);
  });
});

test.each([
  ['Check', 'Print a test receipt in one shop', 'Errors: more than 10 in 5 minutes → roll back'],
  ['Prüfen', 'Testbestellung anlegen, danach stornieren', 'Mehr als 10 neue Fehler in 5 Minuten → zurückrollen'],
  ['Comprobar', 'Hacer un pedido de prueba y anularlo', 'Más de 10 errores en 5 minutos → volver atrás'],
])('%j: a bullet without a bound is for a person, whatever the rules beside it say', (title, order, bound) => {
  const plan = planOf('## Deploy', '1. `make start`', `2. **${title}**`, `   - ${order}`, `   - ${bound}`);
  const own = plan.steps.filter(({line}) => line >= 3);
  expect(own.map(({action}) => action.kind)).toEqual(['manual', 'rule']);
  expect(own[0]?.instructions).toEqual([order]);
});
