import {describe, expect, test} from 'vitest';
import {childRole, roleOf} from '../../../src/plan/outline/section-role.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

test.each([
  ['Pre-Deployment Checklist', 'prepare'],
  ['Rollback Preparation', 'prepare'],
  ['Deployment', 'deploy'],
  ['Verify', 'verify'],
  ['Post-deployment verification', 'verify'],
  ['Post-deployment monitoring', 'monitor'],
  ['Performance validation (24-48 hours)', 'validate'],
  ['When to rollback', 'triggers'],
  ['Rollback Triggers', 'triggers'],
  ['When to abort', 'triggers'],
  ['Halt criteria', 'triggers'],
  ['Halting', 'rollback'],
  ['Oh no', 'rollback'],
  ['Roll-back plan (if needed)', 'rollback'],
  ['Success criteria', 'criteria'],
  ['Emergency contacts', 'contacts'],
  ['Deployment notes', 'notes'],
  ['Useful commands', 'reference'],
  ['Banana', undefined],
])('%s is %s', (title, role) => {
  expect(roleOf(title)).toBe(role);
});

describe('a part', () => {
  test('takes its own role where the whole may hold it', () => {
    expect(childRole('deploy', 'Step 3: Verify')).toBe('verify');
    expect(childRole('rollback', 'When to rollback')).toBe('triggers');
    expect(childRole('other', 'Rollback')).toBe('rollback');
  });

  test('keeps the role of the whole otherwise', () => {
    expect(childRole('rollback', 'Step 5: Verify success')).toBe('rollback');
    expect(childRole('prepare', 'Rollback plan reviewed')).toBe('prepare');
    expect(childRole('validate', 'Monitoring queries')).toBe('validate');
  });
});

describe('the outline', () => {
  test('the first heading is the title when it stands above the others', () => {
    const plan = planOf('# 🚀 Release', '## Deploy', '- [ ] a');
    expect(plan.title).toBe('Release');
    expect(plan.sections.map(section => section.title)).toEqual(['Deploy']);
  });

  test('without a title above them, every heading is a section', () => {
    const plan = planOf('## Deploy', '- [ ] a', '## Verify', '- [ ] b');
    expect(plan.sections.map(section => section.role)).toEqual(['deploy', 'verify']);
  });

  test('tasks before any heading have a section of their own', () => {
    const plan = planOf('- [ ] a', '- [ ] b');
    expect(plan.sections).toMatchObject([{title: 'Checklist', line: 1}]);
    expect(plan.steps).toHaveLength(2);
  });

  test('a line that begins with # inside a code block is no heading', () => {
    const plan = planOf('## Deploy', '```bash', '# Restart', 'make x', '```');
    expect(plan.sections).toHaveLength(1);
  });

  test('bold lines that number a step are headings one deeper', () => {
    const plan = planOf('## Deploy', '**Step 1: Gather**', '- [ ] a', '', '**Step 2: Go (5 min)**', '- [ ] b');
    expect(plan.sections.map(({title, depth, parent}) => [title, depth, parent])).toEqual([
      ['Deploy', 2, undefined],
      ['Step 1: Gather', 3, 'deploy'],
      ['Step 2: Go (5 min)', 3, 'deploy'],
    ]);
    expect(plan.sections[2]?.estimate).toEqual({minMs: 300_000, maxMs: 300_000});
  });

  test('ids are unique however often a title is repeated', () => {
    const plan = planOf('## A', '## A', '## A 2', '## A');
    expect(new Set(plan.sections.map(section => section.id)).size).toBe(4);
  });

  test('the title of the front matter goes before the first heading', () => {
    const plan = planOf('---', 'title: Cutover', '---', '## Deploy', '- [ ] a');
    expect(plan.title).toBe('Cutover');
    expect(plan.sections[0]?.line).toBe(4);
  });

  test('a heading with only prose under it is a step for a person', () => {
    const plan = planOf('## Deploy', '### Announce', 'Tell everybody.', '### Go', '- [ ] a');
    expect(plan.steps.map(({title, action}) => [title, kindOf(action)])).toEqual([
      ['Announce', 'manual'],
      ['a', 'manual'],
    ]);
  });
});
