/** Steps that make known what happened after a rollback: "Create GitHub issue", "Notify team". */
import type {Plan, Rollback, Step} from '../plan.ts';
import {topicPattern} from '../words/vocabulary.ts';

/** Those beside a rollback where the document has some: "Notify team" before a deploy announces it, and tells of no incident. */
export function tellingSteps(steps: readonly Step[], rollbacks: readonly Rollback[]): NonNullable<Plan['tells']> {
  const ofRollback = new Set(rollbacks.flatMap(rollback => rollback.steps));
  const found = steps.flatMap(({id: step, title}): NonNullable<Plan['tells']> => {
    if (WRITES_ISSUE.test(title)) return [{step, as: 'issue'}];
    return TELLS_TEAM.test(title) ? [{step, as: 'message'}] : [];
  });
  const after = found.filter(({step}) => ofRollback.has(step));
  return after.length > 0 ? after : found;
}

const WRITES_ISSUE = topicPattern('write-issue');
const TELLS_TEAM = topicPattern('tell-team');
