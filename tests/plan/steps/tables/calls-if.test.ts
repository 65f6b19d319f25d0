/** Bounds in a column that says when somebody is called: "Call the vendor if". */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

test.each([
  ['Call the vendor if', '> 85 %'],
  ['Notify the desk when', '> 85 %'],
  ['Hersteller anrufen, wenn', '> 85 %'],
  ['Appeler le fournisseur si', '> 85 %'],
  ['Llamar al proveedor si', '> 85 %'],
])('%s', (head, bound) => {
  const {rules, proposal} = planOf(
    '# A',
    '## Early life',
    '',
    `| Check | Normal | ${head} |`,
    '|---|---|---|',
    `| \`df -h /srv\` | < 70 % | ${bound} |`,
  );
  expect(rules.map(({role, op, value, unit}) => [role, op, value, unit])).toEqual([['alert', '>', 85, '%']]);
  expect(proposal?.doubts.filter(({code}) => code === 'condition-assumed')).toEqual([]);
});

test('"Only if" is about the step, and no alert', () => {
  const {rules} = planOf(
    '# A',
    '## Deploy',
    '',
    '| Step | Command | Only if |',
    '|---|---|---|',
    '| Load | `make load` | > 5 GB |',
  );
  expect(rules).toEqual([]);
});

test.each(['Terugbellen naar Bram', 'Terugbellen', 'Terugmelden aan de stad'])(
  '"%s" calls somebody, and is no reason to go back',
  head => {
    const rows = [`| Wat | Normaal | ${head} |`, '|---|---|---|', '| Scantijd | < 1 s | > 3 s |'];
    const plan = planOf('# Kassa', '## Na de omzetting', ...rows);
    expect(plan.rules.filter(({role}) => role === 'trigger')).toEqual([]);
  },
);
