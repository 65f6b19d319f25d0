/** What a line that leads to commands asks for before them is done first, by a person. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const stepsOf = (code: string, ...lead: readonly string[]) =>
  planOf('# Change', '', '## Deploy', '', ...lead, '', '```bash', code, '```').steps.map(({action, title}) =>
    action.kind === 'manual' ? title : action.kind,
  );

test.each([
  [
    'ssh to `cms1` and comment out the export line in `/etc/cron.d/print`. Then make sure nothing is halfway through:',
    'ssh to cms1 and comment out the export line in /etc/cron.d/print.',
  ],
  ['Unbolt the guard of press 4. Then home the axes:', 'Unbolt the guard of press 4.'],
  [
    'Bump the image in the catalogue and let the bot roll it. After that for every old node:',
    'Bump the image in the catalogue and let the bot roll it.',
  ],
  ['Read the plan. If it is what you expect:', 'Read the plan.'],
  [
    'Edit `values.yaml`, open a PR, get it approved. Nobody else merges here, so after the merge:',
    'Edit values.yaml, open a PR, get it approved.',
  ],
  ['Den Eintrag im Fahrplan auskommentieren. Danach den Dienst neu laden:', 'Den Eintrag im Fahrplan auskommentieren.'],
  ['Comentar la línea del informe. Luego comprobar que no queda nada:', 'Comentar la línea del informe.'],
  ['Commenter la ligne dans la crontab. Ensuite vérifier :', 'Commenter la ligne dans la crontab.'],
  [
    'If she says yes, close the valve on both tanks, then on tank-ctl1:',
    'If she says yes, close the valve on both tanks',
  ],
  ['Ask the hall for the count and look it up in the base:', 'Ask the hall for the count and look it up in the base'],
  ['Agree the window with the DBA team. On db1:', 'Agree the window with the DBA team.'],
  ['Den Termin mit der Leitstelle absprechen. Auf db1:', 'Den Termin mit der Leitstelle absprechen.'],
  [
    'Get a yes from the release approver (rota) on the bridge.',
    'Get a yes from the release approver (rota) on the bridge.',
  ],
  ['The DBA locks the accounts. Then load the rows:', 'The DBA locks the accounts.'],
])('"%s" asks for something first', (lead, title) => {
  expect(stepsOf('./work.sh', lead)).toEqual([title, 'script']);
});

test.each([
  'Take a snapshot of the ledger. On the box:',
  'Load the new rates. Run this on db1:',
  'It takes an hour. Look at it now:',
  'The old box stays as it is. Start the new one:',
  'Half the nodes are old. Start the others:',
])('"%s" asks for nothing else', lead => {
  expect(stepsOf('./work.sh', lead)).toEqual(['script']);
});

test('what the commands do themselves is asked of nobody', () => {
  expect(stepsOf('docker compose stop web', 'Stop the shop. Then look what is left:')).toEqual(['script']);
});

test('an item says it as well as a paragraph', () => {
  const {steps} = planOf(
    '# Change',
    '',
    '## Deploy',
    '',
    '- [ ] No run is open. Preguntar a Caja y además comprobarlo en la base:',
    '  ```bash',
    '  ./open-runs.sh',
    '  ```',
  );
  expect(steps.map(({action}) => action.kind)).toEqual(['manual', 'script']);
  expect(steps[1]?.boxes).toEqual([5]);
});

test.each([
  [
    'DBA runs `V4.sql` on bhs-db and reports back. Expected: "Table altered."',
    'DBA runs V4.sql on bhs-db and reports back.',
  ],
  ['The on-call engineer stops the feed of hall 2.', 'The on-call engineer stops the feed of hall 2.'],
  ['Der DBA sperrt die Konten und meldet sich.', 'Der DBA sperrt die Konten und meldet sich.'],
  ['Le DBA coupe les connexions.', 'Le DBA coupe les connexions.'],
  ['El equipo de redes cambia el balanceador.', 'El equipo de redes cambia el balanceador.'],
])('"%s" is done by others, and the run waits for them', (text, title) => {
  const plan = planOf(
    '# Change',
    '',
    '## Deploy',
    '',
    '```bash',
    './a.sh',
    '```',
    '',
    text,
    '',
    '```bash',
    './b.sh',
    '```',
  );
  expect(plan.steps.map(({action}) => action.kind)).toEqual(['script', 'manual', 'script']);
  expect(plan.steps[1]).toMatchObject({title, expectations: []});
  expect(plan.steps[0]?.expectations).toEqual([]);
});

test('each of its sentences that asks for something is done', () => {
  const {steps} = planOf(
    '# Change',
    '',
    '## Deploy',
    '',
    '```bash',
    './a.sh',
    '```',
    '',
    'QA (Ines) does the round. Wait for it.',
  );
  expect(steps.slice(1).map(({title}) => title)).toEqual(['QA (Ines) does the round.', 'Wait for it.']);
});

test.each(['Support is told by mail.', 'The team has approved it.', 'Backup takes 25 minutes.'])(
  '"%s" only informs',
  text => {
    const plan = planOf('# Change', '', '## Deploy', '', '```bash', './a.sh', '```', '', text);
    expect(plan.steps).toHaveLength(1);
  },
);

test.each(['The DBA runs on db1:', 'Der DBA startet auf db1:'])(
  'commands under "%s" may be run by somebody else',
  lead => {
    const {proposal} = planOf('# Change', '', '## Deploy', '', lead, '', '```bash', './a.sh', '```');
    expect(proposal?.doubts).toContainEqual(expect.objectContaining({code: 'role-assumed', line: 5}));
  },
);

test('what is no order by any sign is at least told, before the section is accepted', () => {
  const {proposal} = planOf(
    '# Change',
    '',
    '## Deploy',
    '',
    'Marek (ext. 77) unlocks the vault. On the box, run:',
    '',
    '```bash',
    './a.sh',
    '```',
  );
  expect(proposal?.doubts.map(({message}) => message).join()).toContain('"Marek (ext. 77) unlocks the vault."');
});

test('what the sentence before says others do is no doubt about the commands', () => {
  const {steps, proposal} = planOf(
    '# Change',
    '',
    '## Deploy',
    '',
    'The vendor restarts the press. Meanwhile:',
    '',
    '```bash',
    './a.sh',
    '```',
  );
  expect(steps.map(({action}) => action.kind)).toEqual(['manual', 'script']);
  expect(proposal?.doubts.filter(({message}) => message.includes('somebody else'))).toEqual([]);
});
