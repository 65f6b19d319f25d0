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

/** The open question about an item of which the end is for the other case. */
function otherCase(item: string) {
  const {proposal} = planOf('# Weir', '', '## Deploy', '', item);
  return (proposal?.doubts ?? []).flatMap(({message, proposed}) =>
    proposed === undefined && message.includes('for the other case') ? [message] : [],
  );
}

test.each([
  '- [ ] If the plan shows anything else, stop and ask. Otherwise `weir migrate 88`',
  '- [ ] If the level is above 2 m, call the lock keeper; otherwise run `weir open 3`',
  '- [ ] Falls der Pegel steigt, den Wärter rufen. Sonst `sudo systemctl start wehr3`',
  '- [ ] Si el nivel sube, llamar al guarda. De lo contrario, `presa abrir 3`',
])('what is for the other case does not hang on the condition: %s', item => {
  expect(otherCase(item)).toHaveLength(1);
});

test('without another case there is no such question', () => {
  expect(otherCase('- [ ] If the level is above 2 m, run `weir open 3`.')).toEqual([]);
});
