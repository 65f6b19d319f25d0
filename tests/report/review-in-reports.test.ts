import {expect, test} from 'vitest';
import {acceptUnseen, parsePlan} from '../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../src/plan/plan.ts';
import {recordHtml} from '../../src/report/record/record-html.ts';
import {recordJson} from '../../src/report/record/record-json.ts';
import {record} from '../../src/report/record/record-markdown.ts';
import {rollbackPage} from '../../src/report/rollback-page.ts';
import {initialState} from '../../src/run/evolve.ts';
import {NO_REVIEW} from '../../src/run/review.ts';

const text =
  '# Release\n\n## Deploy\n\n```bash\n./deploy.sh\n# OR\n./other.sh\n```\n\n## Rollback\n\n```bash\n./back.sh\n```\n';
const plan = parsePlan(text, emptyBindings);
const AT = Date.parse('2026-11-28T12:00:00Z');
const accepted = acceptUnseen(plan, NO_REVIEW, {by: 'ana', at: AT});
const opened = {...initialState, run: {...initialState.run, id: 'R', gated: true as const}};

test('the record says who confirmed what, and what nobody looked at', () => {
  const page = record({plan, state: {...opened, review: accepted}, events: []});
  expect(page).toContain('## Review');
  expect(page).toMatch(/\| 3\s*\| Deploy\s*\| run\s*\| ana, accepted: unseen \|/);
  expect(page).toMatch(/\| 6\s*\| .*one of 2 alternatives/);
});

test('what a person ran although nobody had confirmed it stands in the record', () => {
  const started = {
    type: 'step-started' as const,
    stepId: 'L5',
    attempt: 1,
    overrides: {review: 'by hand'},
    seq: 1,
    at: AT,
    by: 'bo',
  };
  expect(record({plan, state: opened, events: [started]})).toContain('bo ran "Deploy", which nobody had confirmed');
  expect(recordHtml({plan, state: opened, events: [started]})).toMatch(
    /<li>.*bo ran &quot;Deploy&quot;, which nobody had confirmed/,
  );
  expect(recordJson({plan, state: opened, events: [started]})).toMatchObject({
    unconfirmedRuns: [expect.stringContaining('bo ran')],
  });
});

test('the rollback by hand says in front that nobody has confirmed it', () => {
  expect(rollbackPage(plan, opened)).toContain('# !! NOT CONFIRMED: section "Rollback" (line 11)');
  expect(rollbackPage(plan, {...opened, review: accepted})).not.toContain('NOT CONFIRMED');
});
