/** A host that a lead-in names is its place, whatever stands around it: "On shop-3 as deploy:", "Then on shop-3, restart it:". */
import {expect, test} from 'vitest';
import {commandsOf, contextOf} from '../../../../src/plan/plan.ts';
import {planOf} from '../../../helpers/plan-view.ts';

function placesOf(...leads: readonly string[]): string[] {
  const parts = leads.flatMap((lead, index) => [lead, '', '```bash', `tillctl go ${index}`, '```', '']);
  return planOf('# Tills', '', '## Deploy', '', ...parts).steps.flatMap(step => {
    const place = contextOf(step)?.place;
    return commandsOf(step).map(() => (place?.kind === 'host' ? place.destination : 'here'));
  });
}

test.each([
  'On `till-3` as `deploy`:',
  'Then on till-3, restart it:',
  'Now on `till-3`:',
  'Danach auf `till-3`:',
  'Auf till-3 als deploy:',
  'Luego en `till-3`, reiniciar:',
  'Ensuite sur `till-3` :',
])('behind another host: %s', lead => {
  expect(placesOf('On `till-2`:', lead)).toEqual(['<till-2>', '<till-3>']);
});

test.each([
  'On re-run, check the log:',
  'On start-up, wait for it:',
  'Then, on the way, look at it:',
  'On day 3, look at it:',
])('no host: %s', lead => {
  expect(placesOf(lead)).toEqual(['here']);
});
