/** A day that begins or ends the label of commands is when they run: they wait for an answer. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(label: string): number {
  const {proposal} = planOf(
    '## Deploy',
    '',
    'Load it:',
    '',
    '```',
    './load.sh &',
    '```',
    '',
    label,
    '',
    '```',
    './look.sh',
    '```',
  );
  return (proposal?.doubts ?? []).filter(({line, proposed}) => line === 9 && proposed === undefined).length;
}

test.each([
  'Montag früh nachsehen:',
  'Monday morning have a look:',
  'Look how far it is on Monday morning:',
  'Lundi matin regarder le journal :',
  'El lunes por la mañana mirar el registro:',
])('%s', label => {
  expect(asked(label)).toBeGreaterThan(0);
});

test.each(["Look at Friday's copy:", 'Look how far it is:'])('%s names no day', label => {
  expect(asked(label)).toBe(0);
});
