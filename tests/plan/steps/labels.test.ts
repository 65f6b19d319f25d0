import {describe, expect, test} from 'vitest';
import {kindOf} from '../../../src/plan/plan.ts';
import {actionOf, commandTexts, planOf, stepAt} from '../../helpers/plan-view.ts';

const codeBlock = (command: string) => ['```bash', command, '```'];

describe('a label that says where', () => {
  test.each([
    ['Only on staging:', 'staging'],
    ['In production only:', 'production'],
    ['Load the samples (staging only):', 'staging only'],
    ['Nur auf Staging:', 'Staging'],
  ])('%s holds for the code block and the list under it', (label, scope) => {
    const plan = planOf(
      '## Deploy',
      label,
      '',
      ...codeBlock('make a'),
      '',
      label,
      '',
      '1. Run `make b`',
      '2. Run `make c`',
    );
    expect([2, 10, 11].map(line => plan.steps.find(step => step.line >= line && step.line <= line + 2)?.scope)).toEqual(
      [scope, scope, scope],
    );
  });

  test('ends at the next label', () => {
    const plan = planOf(
      '## Deploy',
      'Only on staging:',
      '',
      ...codeBlock('make a'),
      '',
      'Everywhere:',
      '',
      ...codeBlock('make b'),
    );
    expect(plan.steps.map(step => step.scope)).toEqual(['staging', undefined]);
  });
});

describe('alternatively', () => {
  test('between two code blocks is a choice of one', () => {
    const plan = planOf('## Deploy', ...codeBlock('make a'), '', 'Alternatively, by hand:', '', ...codeBlock('make b'));
    const {arms} = actionOf(plan.steps[0] as never, 'choice');
    expect(arms.map(({title, steps}) => [title, steps.length])).toEqual([
      ['make a', 1],
      ['Alternatively, by hand', 1],
    ]);
  });

  test('behind prose asks a person', () => {
    const plan = planOf(
      '## Deploy',
      ...codeBlock('make a'),
      '',
      'It is slow.',
      '',
      'Alternatively, do this:',
      '',
      ...codeBlock('make b'),
    );
    expect(plan.steps.at(-1)?.condition).toBe('alternatively');
  });
});

describe('a way back inside the deployment', () => {
  test.each(['To go back, run:', 'To undo this:', 'Um zurückzugehen:'])(
    '%s is a rollback of that phase, and what follows is deployed',
    label => {
      const plan = planOf(
        '## Deploy',
        '### One',
        ...codeBlock('make a'),
        '',
        label,
        '',
        ...codeBlock('make b'),
        '',
        ...codeBlock('make c'),
      );
      const section = (text: string) => {
        const step = plan.steps.find(one => commandTexts(one).includes(text));
        return plan.sections.find(one => one.id === step?.section)?.role;
      };
      expect([section('make a'), section('make b'), section('make c')]).toEqual(['deploy', 'rollback', 'deploy']);
    },
  );

  test('a purpose that leads to nothing stays text', () => {
    const plan = planOf('## Deploy', 'To go back, ask the DBA.', '', ...codeBlock('make a'));
    expect(plan.sections.map(({role}) => role)).toEqual(['deploy']);
  });
});

test('a condition in brackets is about the command beside it, which does not run by itself', () => {
  const plan = planOf('## Deploy', '- [ ] Run `make ok` (if it fails, `make notok`)');
  const step = stepAt(plan, 2);
  expect([commandTexts(step), step.condition]).toEqual([['make ok'], undefined]);
});

describe('bounds below a label', () => {
  test('are rules, and bullets without one are for a person', () => {
    const plan = planOf(
      '## Deploy',
      ...codeBlock('make a'),
      '',
      'Verify:',
      '',
      '- error rate below 1 %',
      '- the page looks right',
    );
    expect(plan.steps.map(({action}) => kindOf(action))).toEqual(['shell', 'rule', 'manual']);
    expect(plan.rules.map(({value}) => value)).toEqual([1]);
  });

  test('are rules under an item that tells to watch', () => {
    const plan = planOf('## Deploy', '1. Watch the dashboard:', '   - CPU below 80 %', '   - p95 latency under 300 ms');
    expect(plan.rules.map(({value}) => value)).toEqual([80, 300]);
  });
});
