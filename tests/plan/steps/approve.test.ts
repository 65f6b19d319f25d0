import {expect, test} from 'vitest';
import {loadPlan} from '../../../src/engine/opening/load-plan.ts';

const document = `# Release

## Deployment Steps

\`\`\`bash {approve=2}
./migrate.sh
\`\`\`

- [ ] Switch the DNS at the provider <!-- tminus: approve=2 -->
- [ ] Tell the team

\`\`\`bash
systemctl restart app
\`\`\`
`;

function load(text: string, bindings?: string) {
  const given = bindings === undefined ? {} : {bindings: {text: bindings, file: '/tminus.yaml'}};
  return loadPlan({checklist: Buffer.from(text), ...given, values: {}, env: {}}).plan;
}

const markedLines = (plan: ReturnType<typeof load>) =>
  plan.steps.filter(({approvals}) => approvals === 2).map(({line}) => line);

test('a code block and an item are marked where they stand, and their neighbours are not', () => {
  const plan = load(document);
  expect(plan.problems.filter(({severity}) => severity === 'error')).toEqual([]);
  expect(markedLines(plan)).toEqual([5, 9]);
});

test('bindings mark a step without touching the document, and without giving it another action', () => {
  const plan = load(document, 'tminus: 1\nsteps:\n  - { match: "line:12", approve: 2 }\n');
  expect(markedLines(plan)).toEqual([5, 9, 12]);
  expect(plan.steps.find(({line}) => line === 12)?.action.kind).toBe('script');
});

test.for(['approve=3', 'approve', 'approve=yes'])('`%s` is an error, not a mark that nobody minds', directive => {
  const plan = load(document.replace('{approve=2}', `{${directive}}`));
  expect(markedLines(plan)).not.toContain(5);
  expect(plan.problems).toContainEqual(
    expect.objectContaining({severity: 'error', line: 5, hint: expect.stringContaining('approve=2')}),
  );
});

test('another number in the bindings is refused with its line', () => {
  const plan = load(document, 'tminus: 1\nsteps:\n  - { match: "line:12", approve: 1 }\n');
  expect(plan.problems).toContainEqual(
    expect.objectContaining({severity: 'error', line: 3, message: expect.stringContaining('expected 2')}),
  );
});
