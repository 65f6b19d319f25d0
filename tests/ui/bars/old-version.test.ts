import {expect, test} from 'vitest';
import {fakeSession, RUN_START} from '../../helpers/fake-session.ts';
import {leftWords, show} from '../../helpers/show-session.ts';

/** The old version answered in 2200 ms, past the bound of 1500 ms that the new one trips. */
function slowBefore() {
  const session = fakeSession();
  for (let count = 0; count < 30; count++) {
    session.clock.at = RUN_START + 1000 * count;
    session.tell({type: 'sample-taken', samples: [{signal: 'store_message', at: session.clock.at, value: 2200}]});
  }
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  return session;
}

const VERDICT = 'old version was past it too: rolling back will not mend it';

test('where the old version was past the bound too, that is the headline of dialog, alert row and wall', async () => {
  for (const [columns, rows] of [
    [160, 45],
    [80, 24],
  ] as const) {
    const session = slowBefore();
    const screen = await show(session, {columns, rows});
    session.tell({type: 'trigger-fired', ruleId: 'p95', value: 2383, evidence: '2383 ms, past >1500', samples: []});
    const rowsShown = await screen.rows();
    const alert = rowsShown.findIndex(row => row.includes('▲'));
    expect(rowsShown[alert]).toMatch(
      columns > 80
        ? /2383 ms, bound >1500 ms; the old version had 2200 ms: rolling back will not mend it {2,}│ {2}i LOOK {3}d dismiss /
        : /2383 ms >1500 ms, old 2200 ms: R will not mend it/,
    );
    // Nothing offers a rollback beside the words that speak against it.
    expect(rowsShown.slice(alert, alert + 2).join(' ')).not.toMatch(/R (?:roll|ROLL)/);
    const dialog = leftWords(rowsShown.join('\n'));
    expect(dialog).toMatch(/2200 ms: (?:rolling back|R) will not mend it/);
    // What is advised comes first, and what mends nothing last; it says its price all the same.
    expect(dialog).toMatch(/ i LOOK FIRST .* d Dismiss it.* l Later.* R Roll back: counts down first/);
    const wall = await show(session, {columns, rows, wall: true});
    expect(await wall.text()).toContain(VERDICT);
  }
});
