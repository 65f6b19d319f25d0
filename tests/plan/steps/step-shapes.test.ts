import {describe, expect, test} from 'vitest';
import type {Plan} from '../../../src/plan/plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {actionOf, commandTexts, planOf, problemsOf, stepAt} from '../../helpers/plan-view.ts';

const view = (plan: Plan) => plan.steps.map(({action, title}) => `${kindOf(action)}: ${title}`);

describe('commands stand in many places', () => {
  test.each([
    ['a whole item', '- `helm upgrade web .`'],
    ['a labelled line', '**Command:** `helm upgrade web .`'],
    ['a line in Spanish', 'Comando: `helm upgrade web .`'],
    ['an item without back-ticks', '- helm upgrade web .'],
    ['an item behind a prompt', '- $ helm upgrade web .'],
    ['a sentence that tells to run it', 'Then run `helm upgrade web .` and wait.'],
  ])('%s', (_, line) => {
    const plan = planOf('## Deploy', line);
    expect(plan.steps.map(commandTexts)).toEqual([['helm upgrade web .']]);
  });

  test.each(['- make sure that the site is up', '- test the login page', '- `nginx` answers', '- Never run `db push`'])(
    '%s is no command',
    line => {
      expect(planOf('## Deploy', line).steps.filter(step => kindOf(step.action) === 'shell')).toEqual([]);
    },
  );

  test('bullets under a task that are commands are steps of their own', () => {
    const plan = planOf('## Deploy', '- [ ] Flip the mount', '  - `umount /mnt/a`', '  - `mount b:/ /mnt/a`');
    expect(view(plan)).toEqual(['shell: umount /mnt/a', 'shell: mount b:/ /mnt/a']);
    expect(plan.steps.at(-1)?.boxes).toEqual([2]);
  });

  test('a code block without indentation belongs to the item above it', () => {
    const plan = planOf(
      '## Deploy',
      '1. Stop',
      '```bash',
      'make stop',
      '```',
      '2. Start',
      '```bash',
      'make start',
      '```',
    );
    expect(view(plan)).toEqual(['shell: Stop', 'shell: Start']);
  });
});

describe('a code block may hold several steps', () => {
  test('numbered comments part it', () => {
    const plan = planOf(
      '## Rollback',
      '```bash',
      '# 1. Restore the config',
      'make conf',
      '# 2. Restart',
      'make restart',
      '```',
    );
    expect(view(plan)).toEqual(['shell: Restore the config', 'shell: Restart']);
  });

  test('a script with variables stays whole', () => {
    const plan = planOf('## Deploy', '```bash', '# 1. Set', 'TAG=v1', '# 2. Use', 'make $TAG', '```');
    expect(view(plan)).toEqual(['shell: Deploy']);
  });

  test('a checklist in a code block without a language is read', () => {
    const plan = planOf('## Deploy', '```', 'Step 1: Tell the desk', 'Step 2: `make up`', '```');
    expect(view(plan)).toEqual(['manual: Tell the desk', 'shell: make up']);
  });

  test('boxes in a shell code block are commands to tick', () => {
    const plan = planOf('## Deploy', '```bash', '- [ ] make up', '```');
    expect(view(plan)).toEqual(['shell: make up']);
    expect(plan.steps[0]?.boxes).toEqual([3]);
  });

  test('boxes in a message to send are nobody’s tasks', () => {
    const plan = planOf(
      '## Deploy',
      '- [ ] tell them',
      '',
      'E-mail template:',
      '',
      '```',
      'Subject: deploy',
      '- [ ] done',
      '```',
    );
    expect(plan.steps).toHaveLength(1);
  });
});

describe('what looks like a task and is none', () => {
  test('answers on one line are a choice', () => {
    const plan = planOf('## Verify', '**Status**: [ ] PASS [ ] FAIL');
    const {arms} = actionOf(stepAt(plan, 2), 'choice');
    expect(arms.map(({title}) => title)).toEqual(['PASS', 'FAIL']);
    expect(new Set(arms.map(({id}) => id)).size).toBe(2);
  });

  test('a decision with signs is a gate', () => {
    const plan = planOf('## Verify', '**Go/No-Go Decision**: ✅ GO / ❌ NO-GO');
    expect(stepAt(plan, 2)).toMatchObject({kind: 'choice', gate: true});
  });

  test('a legend of signs is nothing', () => {
    expect(planOf('## Verify', '- [ ] x', '', '⬜ Not Started | ⏳ In Progress | ✅ Complete').steps).toHaveLength(1);
  });

  test('boxes without a question on one line are tasks', () => {
    expect(view(planOf('## After', '☐ Notes posted   ☐ Desk told'))).toEqual([
      'manual: Notes posted',
      'manual: Desk told',
    ]);
  });

  test('answers below a question are its options', () => {
    const plan = planOf('## Verify', '**DECISION POINT**: Go on?', '', '( ) Today', '( ) Monday');
    expect(actionOf(plan.steps[0] as never, 'choice').arms.map(({title}) => title)).toEqual(['Today', 'Monday']);
    expect(plan.steps).toHaveLength(1);
  });

  test('decoration is no state', () => {
    const plan = planOf('## Verify', '- [ ] ✅ Backend stopped', '- [ ] Error log: empty ✅');
    expect(plan.steps.map(step => step.title)).toEqual(['Backend stopped', 'Error log: empty']);
    expect(problemsOf(plan, 'preticked-box')).toEqual([]);
  });

  test.each([
    '- [ ] ***',
    '- [ ] \\***\\*\\_\\_\\_\\_\\*\\***',
    '- [ ] Ticket: #_______',
    '- [ ] CPU: ____% | Memory: ____%',
  ])('%s is a blank', line => {
    expect(planOf('## Verify', line).steps.map(({action}) => action.kind)).toEqual(['input']);
  });
});

describe('alternatives', () => {
  test('options may be bold lines, with or without a colon', () => {
    const plan = planOf('## Deploy', '**Option A: by hand:**', '- [ ] a', '', '**Option B: by script**', '- [ ] b');
    expect(actionOf(plan.steps[0] as never, 'choice').arms.map(({steps}) => steps)).toEqual([['L3'], ['L6']]);
  });

  test('what goes on behind short options is for all of them', () => {
    const plan = planOf(
      '## Deploy',
      'Path A: automatic',
      '',
      '```bash',
      'make auto',
      '```',
      '',
      'Path B: manual',
      '',
      '```bash',
      'make manual',
      '```',
      '',
      'Wait 10 minutes before you go on.',
    );
    expect(actionOf(plan.steps[0] as never, 'choice').arms.map(({steps}) => steps)).toEqual([['L4'], ['L10']]);
    expect(plan.steps.at(-1)).toMatchObject({waitMs: 600_000});
    expect(plan.steps.at(-1)?.arm).toBeUndefined();
  });

  test('options may be items of a list', () => {
    const plan = planOf('## Deploy', '- **Option 1**: click', '- **Option 2**: `make up`');
    expect(actionOf(plan.steps[0] as never, 'choice').arms.map(({steps}) => steps)).toEqual([['L2.2'], ['L3']]);
  });

  test('an `or` alone between two blocks parts them', () => {
    const plan = planOf('## Deploy', '- [ ] click', '', 'or', '', '```bash', 'make up', '```');
    const {arms} = actionOf(plan.steps[0] as never, 'choice');
    expect(arms.map(({title}) => title)).toEqual(['click', 'make up']);
  });

  test('"Using …" is an option where one is recommended', () => {
    const plan = planOf(
      '## Deploy',
      '### Using Helm (Recommended)',
      '- [ ] a',
      '### Using kubectl (Not Recommended)',
      '- [ ] b',
    );
    expect(actionOf(plan.steps[0] as never, 'choice').arms.map(({recommended}) => recommended)).toEqual([
      true,
      undefined,
    ]);
  });

  test('"If …" is a condition and no option', () => {
    const plan = planOf(
      '## Deploy',
      '### If the canary is the issue',
      '- [ ] a',
      '### If the stable one is',
      '- [ ] b',
    );
    expect(plan.steps.map(({action, condition}) => [kindOf(action), condition])).toEqual([
      ['manual', 'if the canary is the issue'],
      ['manual', 'if the stable one is'],
    ]);
  });
});

describe('documents are written by people', () => {
  test('a code block that nobody closed does not swallow what follows it', () => {
    const plan = planOf('## Deploy', '```bash', 'make up', '', '## Rollback', '- [ ] `make down`');
    expect(plan.rollback?.steps).toEqual(['L6']);
    expect(problemsOf(plan, 'unclosed-fence')).toEqual([2]);
  });

  test('a rule under a key is no heading', () => {
    const plan = planOf('# Release', '', '**Date:** ____', '---', '', '## Deploy', '- [ ] go');
    expect(plan.sections.map(({title}) => title)).toEqual(['Release', 'Deploy']);
  });

  test('tasks between HTML tags are tasks', () => {
    expect(view(planOf('## Deploy', '<details><summary>More</summary>', '- [ ] hidden', '</details>'))).toEqual([
      'manual: hidden',
    ]);
  });

  test('`##Dependencies` is text', () => {
    expect(planOf('## Deploy', '- [ ] a', '', '##Dependencies').sections).toHaveLength(1);
  });

  test('a document without any heading has its steps all the same', () => {
    expect(view(planOf('backup first', '`pg_dump shop > a.sql`', '', '1. `git pull`', '2. look at it'))).toEqual([
      'shell: backup first',
      'shell: git pull',
      'manual: look at it',
    ]);
  });
});
