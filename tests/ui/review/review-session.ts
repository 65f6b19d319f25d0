/** A session over a small checklist that nobody has confirmed, read as the product reads it. */
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings, type Plan} from '../../../src/plan/plan.ts';
import {type FakeSession, fakeSession} from '../../helpers/fake-session.ts';
import type {Screen} from '../../helpers/screen.ts';

export const BACK = '\u0007';
export const ENTER = '\r';
/** Enter was released: longer than any guard against a held key. */
export const LATER_MS = 1000;

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

/** Keys of a person who takes the time. */
export async function press(session: FakeSession, screen: Screen, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    session.clock.at += LATER_MS;
    await screen.type(key);
  }
}
