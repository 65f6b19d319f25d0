/** What the document marks as done does not run once more without a question. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';

/** The lines about which there is an open doubt that they are done already. */
function marked(...lines: readonly string[]): number[] {
  const {proposal} = parsePlan(['# Till', '', '## Deploy', '', ...lines].join('\n'), emptyBindings);
  return (proposal?.doubts ?? []).flatMap(({line, message, proposed}) =>
    message.includes('marked as done') && proposed === undefined ? [line] : [],
  );
}

test.each([
  ['Done', '☑ 27 Nov', '☐'],
  ['Erledigt', 'x 27.11. Jo', '☐'],
  ['Done', 'done', 'open'],
  ['Fait', '✓ 27 nov.', ''],
  ['Hecho', '[x] 27/11', '[ ]'],
  ['Feito', '27 de nov', '—'],
  ['Status', '✅', '⏳'],
])('a row with %j in the column: %j is done, %j is not', (head, done, open) => {
  const rows = [`| 1 | \`make a\` | ${done} |`, `| 2 | \`make b\` | ${open} |`];
  expect(marked(`| # | Command | ${head} |`, '|---|---|---|', ...rows)).toEqual([7]);
});

test.each([
  ['- [x] 28 Nov: `make users`'],
  ['- [ ] `make users` (done on 28 Nov)'],
  ['- `make users` ✅ 2026-11-28'],
  ['- `make users`: bereits erledigt'],
  ['- `make users` : déjà fait'],
  ['- `make users`: ya ejecutado'],
  ['- [x] (28 Nov) `make users`; ask Jo if it hangs'],
  ['- [x] 28.11: `make users`'],
])('the item %j is done', item => {
  expect(marked(item, '- `make start`')).toEqual([5]);
});

test.each([
  ['- [x] `make users`'],
  ['- [ ] `make users`, done by 12:30'],
  ['- [ ] `make users` unless it was already done'],
  ['- [ ] Take the dump of 28 Nov: `make users`'],
  ['- [ ] If it was done on 28 Nov, skip it: `make users`'],
  ['- [x] Move the shop to 2.4: `make users`'],
  ['- [x] 2.4 einspielen: `make users`'],
])('the item %j is not', item => {
  expect(marked(item)).toEqual([]);
});
