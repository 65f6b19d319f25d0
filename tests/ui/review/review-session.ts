/** A run of a small checklist of which nobody has confirmed anything, and its reading as it really comes out. */
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings, type Plan} from '../../../src/plan/plan.ts';
import {type FakeSession, fakeSession} from '../../helpers/fake-session.ts';

export const CHECKLIST = `# Shop deploy

## Preparation
- [ ] Count the orders: \`wc -l orders\`
- [ ] Freeze the board

## Check the build
\`\`\`bash
make test
\`\`\`

## Deployment
\`\`\`bash
sudo systemctl restart shop
# OR
sudo supervisorctl restart shop
\`\`\`

## Deploy the worker
\`\`\`bash
rm -rf /srv/shop/old
\`\`\`

## Rollback
\`\`\`bash
git checkout v1.0
sudo systemctl restart shop
\`\`\`
`;

export function planOf(text: string): Plan {
  return parsePlan(text, emptyBindings);
}

/** Gated, as every run is that the engine opens. */
export function unreviewed(plan: Plan = planOf(CHECKLIST)): FakeSession {
  const session = fakeSession({plan});
  session.run.setState(state => ({...state, run: {...state.run, gated: true}}));
  return session;
}

export function sectionNamed({plan}: FakeSession, title: string): string {
  const section = plan.sections.find(each => each.title === title);
  if (section === undefined) throw new Error(`no section ${title}`);
  return section.id;
}
