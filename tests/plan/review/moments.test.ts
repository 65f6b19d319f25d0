/** "Before" and "after" beside commands: what they name is looked for among the steps. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const block = (command: string) => ['', '```bash', command, '```', ''];

/** Lines with an open question about their moment. */
function askedOf(...lines: readonly string[]): number[] {
  const {proposal} = planOf('# Ferry', '', '## Deploy', ...lines);
  return (proposal?.doubts ?? [])
    .filter(({code, message}) => code === 'condition-assumed' && / comes "/.test(message))
    .map(({line}) => line);
}

test.each([
  'Only if the berth is new, before restarting the crane:',
  'Register the key before the restart:',
  'Vor dem Restart, auf crane1:',
  'Antes del restart:',
  'Avant le restart :',
])('"%s" below what it must come before is asked, and so is that', lead => {
  const plan = planOf('# Ferry', '', '## Deploy', ...block('systemctl restart crane'), lead, ...block('./key.sh'));
  const asked = plan.proposal?.doubts.find(({line, message}) => line === 9 && / comes "/.test(message));
  expect(asked?.steps).toEqual(plan.steps.map(({id}) => id).toReversed());
  expect(asked?.proposed).toBeUndefined();
});

test.each([
  'If the berth has another number, enter it in the register *before* the restart.',
  'Kennung im Register eintragen, aber vor dem restart!',
  'Apuntar la clave en el registro antes del restart.',
  'Inscrire le badge avant le restart.',
])('what a person does below it is asked as well: "%s"', item => {
  const plan = planOf('# Ferry', '', '## Deploy', '', '- [ ] Go: `systemctl restart crane`', `- [ ] ${item}`);
  const asked = plan.proposal?.doubts.find(({line, message}) => line === 6 && / comes "/.test(message));
  expect(asked?.steps.toSorted()).toEqual(['L5', 'L6']);
  expect(asked?.proposed).toBeUndefined();
});

test.each(['Before the restart:', 'Before restarting the next one:'])('"%s" above it, or of the same again', lead => {
  expect(askedOf(lead, ...block('./key.sh'), 'Then:', ...block('systemctl restart crane'))).toEqual([]);
});

test.each([
  'Nobody else merges here, so after the merge:',
  'Once the harbour master has cleared the berth:',
  'As soon as QA is through:',
  'Nach der Freigabe durch den Hafen:',
  'Une fois le badge reçu :',
  'Tras la firma del capitán:',
  'Restart it after the merge:',
])('"%s" names what no step does, and waits', lead => {
  expect(askedOf('', lead, ...block('./sail.sh'))).toEqual([5]);
});

test('so does the title of a section', () => {
  expect(askedOf('', '### Sail (once the pilot is on board)', ...block('./sail.sh'))).toEqual([5]);
});

test.each(['After the dump:', 'Once the dump is in place:', 'After that:', 'Once it is done:', 'After 5 minutes:'])(
  '"%s" names what a step above does, or nothing',
  lead => {
    expect(askedOf(...block('./dump.sh'), lead, ...block('./sail.sh'))).toEqual([]);
  },
);

test('a comment that says what for is no moment', () => {
  expect(askedOf(...block('systemctl disable crane   # damit nach einem Reboot nichts von selbst hochkommt'))).toEqual(
    [],
  );
});

test.each([
  '### Sail ship 2 when ship 1 has been under way for a day',
  '### Sail, only after the wards have confirmed',
])('the end of a title says when as well: %s', title => {
  const asked = planOf('# Ferry', '', '## Deploy', '', 'Warn the wards.', '', title, ...block('./sail.sh')).proposal
    ?.doubts;
  expect(asked).toContainEqual(expect.objectContaining({code: 'condition-assumed', line: 7}));
  expect(asked?.find(({code, line}) => line === 7 && code === 'condition-assumed')?.proposed).toBeUndefined();
});
