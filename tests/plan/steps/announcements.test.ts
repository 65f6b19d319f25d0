import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';

const told = (text: string) => {
  const {tells, steps} = parsePlan(text, emptyBindings);
  return tells?.map(({step, as}) => [as, steps.find(({id}) => id === step)?.title]);
};

test('steps of the rollback that make it known are found, and not those that announce the deploy', () => {
  const text = `# Release

## Deployment steps

- [ ] Notify the team that the deploy begins

\`\`\`bash
make deploy
\`\`\`

## Rollback

\`\`\`bash
make back
\`\`\`

### Document & Communicate

- [ ] Document what went wrong
- [ ] Notify team of rollback
- [ ] Create GitHub issue with rollback details
- [ ] No known issues are left
`;
  expect(told(text)).toEqual([
    ['message', 'Notify team of rollback'],
    ['issue', 'Create GitHub issue with rollback details'],
  ]);
});

test('in other languages, too', () => {
  const head = '# Release\n\n## Rollback\n\n```bash\nmake back\n```\n\n';
  const lines = ['Team informieren', 'Ticket anlegen', "Informer l'équipe", 'Crear una incidencia', 'Avisar a equipe'];
  expect(told(`${head}${lines.map(line => `- [ ] ${line}\n`).join('')}`)?.map(([as]) => as)).toEqual([
    ...['message', 'issue', 'message', 'issue', 'message'],
  ]);
});
