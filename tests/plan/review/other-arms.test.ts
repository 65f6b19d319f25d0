/** A condition that stands between an order and its commands: they may be for the order that stands without it. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** The open question about what the commands below the text are for. */
function asked(lead: string) {
  const {proposal} = planOf('# Ferry', '', '## Deploy', '', lead, '', '```bash', 'scp log.tar quay1:/srv/', '```');
  return (proposal?.doubts ?? []).find(({message}) => message.includes('its commands may be for'));
}

test.each([
  ['Copy the log to the quay. If the link is slow, use the stick from the drawer:', 'Copy the log to the quay.'],
  ['Kopieren Sie das Log. Falls die Leitung langsam ist, den Stick nehmen:', 'Kopieren Sie das Log.'],
  ['Copiar el registro. Si la red va lenta (de 22 a 23 h), usar el disco USB:', 'Copiar el registro.'],
  ['Copier le journal. Si le réseau est lent, prendre la clé USB :', 'Copier le journal.'],
])('%s', (lead, order) => {
  expect(asked(lead)?.message).toContain(order);
  expect(asked(lead)?.proposed).toBeUndefined();
});

test.each([
  'If the link is slow, copy it at night:',
  'Call the quay first. If they say so, copy the log:',
  'Stop the radio. If nothing was written, it is just this:',
])('"%s" leaves no doubt for what it is', lead => {
  expect(asked(lead)).toBeUndefined();
});
