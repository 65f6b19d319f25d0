import {expect, test} from 'vitest';
import {record} from '../../../src/report/record/record-markdown.ts';
import type {Event} from '../../../src/run/event.ts';
import {handOverSummary} from '../../../src/run/people/hand-over.ts';
import {opened, plan, recorded, stateAfter, steps} from '../builder.ts';

function text(...events: (Event & {by?: string})[]): string {
  const all = recorded(opened, ...events);
  return record({plan, state: stateAfter(all), events: all});
}

test('a sign-off stands at the top of the appendix, with both signatures and the key', () => {
  const written = text(
    {type: 'signed-off', status: 'Deployed', issues: 'one slow query', name: 'Ana Lopez'},
    {type: 'countersigned', of: 'ana', name: 'Bo', note: 'seen', claimed: true, by: 'Bo (ana)'},
    {type: 'record-signed', events: 3, digest: '00', key: 'SHA256:abc'},
  );
  expect(written).toContain(`## Sign-off

- Final status: Deployed
- Issues: one slow query
- Signed off by: Ana Lopez (ana), 2025-11-02T13:59:51Z
- Second signature: Bo (ana), 2025-11-02T13:59:52Z; in the same account, the name is only claimed: seen
- SSH key: SHA256:abc, over the record after event 3
`);
});

test('a hand-over is told as it was, with who took it over', () => {
  const before = stateAfter(recorded(opened, {type: 'step-ticked', stepId: steps.review.id}));
  const summary = handOverSummary(plan, before, before.lastAt);
  const written = text(
    {type: 'handed-over', id: 'H1', consoleId: 'c1', note: 'back at eight', errors: ['app: 502'], summary},
    {type: 'hand-over-taken', id: 'H1', from: 'ana', by: 'bo'},
  );
  const part = written.slice(written.indexOf('## Hand-overs'));
  expect(part).toContain('2025-11-02T13:59:51Z ana handed over, bo took it over 2025-11-02T13:59:52Z');
  for (const line of ['Note: back at eight', `Next: ${summary.next}`, 'Error line: app: 502', 'Rollback: NOT READY'])
    expect(part).toContain(line);
  expect(part).toContain('Open: No value for user@your-vps-ip');
});
