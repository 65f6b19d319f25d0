import {describe, expect, test} from 'vitest';
import {commandsOf, kindOf, type Plan} from '../../../src/plan/plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

describe('a code block that nobody closed', () => {
  test('runs its commands up to the first line that may be running text, and the rest is for a person', () => {
    const plan = planOf('## Deploy', '```bash', 'make up', 'Then tell support', 'rm -rf /srv/old');
    expect(commandsIn(plan)).toEqual(['make up']);
    const byHand = plan.steps.filter(({action}) => kindOf(action) === 'manual');
    expect(byHand.flatMap(({instructions}) => instructions)).toEqual(['Then tell support', 'rm -rf /srv/old']);
    expect(unclosed(plan)).toEqual([2]);
  });

  test('runs all of it where every line is a command', () => {
    const plan = planOf('## Deploy', '```bash', 'VERSION=1.2', '# build', 'make build', '', 'make up');
    expect(commandsIn(plan)).toEqual(['VERSION=1.2', 'make build', 'make up']);
  });

  test('ends where bullets and bold labels show that the author took it for closed', () => {
    const plan = planOf('## Monitoring', '~~~bash', '', '**Alert if:**', '', '- Error rate > 1%', '- P95 > 2s');
    expect(commandsIn(plan)).toEqual([]);
    expect(plan.rules.map(({role, line}) => [role, line])).toEqual([
      ['alert', 6],
      ['alert', 7],
    ]);
  });

  test('ends before the next block, which is read as one', () => {
    const plan = planOf(
      '## Deploy',
      '```bash',
      'make up',
      '',
      'Look at it.',
      '',
      '```bash',
      'make check',
      '```',
      'Good.',
    );
    expect(commandsIn(plan)).toEqual(['make up', 'make check']);
    expect(unclosed(plan)).toEqual([2]);
  });

  test('keeps a sentence under a query from the database', () => {
    const plan = planOf('## Verify', '```sql', 'select 1;', 'Then call the people of finance');
    expect(plan.steps.map(({action}) => kindOf(action))).toEqual(['manual']);
  });

  test('leaves Markdown that is shown in a longer code block alone', () => {
    const plan = planOf('## Deploy', '````md', '```bash', 'make up', '```', '````', '- [ ] go');
    expect(plan.steps.map(({action, line}) => [kindOf(action), line])).toEqual([['manual', 7]]);
    expect(unclosed(plan)).toEqual([]);
  });
});

function commandsIn(plan: Plan): string[] {
  return plan.steps.flatMap(commandsOf).map(({text}) => text);
}

function unclosed(plan: Plan): number[] {
  return plan.problems.filter(({code}) => code === 'unclosed-fence').map(({line}) => line);
}
