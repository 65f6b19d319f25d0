/** Sentences that ask for a wait before what stands below them. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

test.each([
  'Wait two hourly chimes (up to 2 h), watching the wall. Then:',
  'Warten, bis die Schicht gewechselt hat, danach:',
  'Attendre deux tops horaires, en regardant le multiviewer. Puis :',
])('"%s" is a step of its own', lead => {
  const {steps} = planOf('# Change', '', '## Deploy', '', lead, '', '1. Swap at the desk.', '2. Tell the hub.');
  expect(steps.map(({line, action}) => `${line} ${action.kind}`)).toEqual(['5 manual', '7 manual', '8 manual']);
});

test('a lead to commands that wait is none', () => {
  const {steps} = planOf('# Change', '', '## Deploy', '', 'Wait until it is up:', '', '```bash', './wait.sh', '```');
  expect(steps.map(({action}) => action.kind)).not.toContain('manual');
});

const FENCE = ['', '   ```bash', '   ./pump.sh', '   ```', ''];

test.each([
  'Wait until it answers to ping again, about 4 minutes.',
  'Ring the hall and ask them to look at belt 4.',
  'Then tell support. It takes a minute.',
  'Zehn Minuten warten.',
  'Attendre dix minutes.',
  'Avisar al turno.',
  'Avisar o turno.',
])('"%s" below the code of an item is a step of its own, before what follows', order => {
  const last = ['2. Next:', ...FENCE];
  const {steps} = planOf('## Deploy', '', '1. Restart the pump:', ...FENCE, `   ${order}`, '', ...last);
  expect(steps.map(({line, action}) => `${line} ${action.kind}`)).toEqual(['3 script', '9 manual', '11 script']);
});

test('it stands between the blocks, ticks the box when it is last, and keeps the condition of the item', () => {
  const {steps} = planOf(
    '## Deploy',
    '',
    '- [ ] Restart the pump if it leaks:',
    ...FENCE,
    '   Ring the hall.',
    ...FENCE,
    '   Ask the foreman.',
  );
  expect(steps).toMatchObject([
    {line: 3, boxes: []},
    {line: 9, title: 'Ring the hall.', boxes: [], condition: 'if it leaks'},
    {boxes: []},
    {title: 'Ask the foreman.', boxes: [3], condition: 'if it leaks'},
  ]);
});

test.each(['It takes a minute.', 'Expected: pump is up', 'The old one stays as it is.'])(
  '"%s" below the code of an item is none',
  text => {
    const {steps} = planOf('## Deploy', '', '1. Restart the pump:', ...FENCE, `   ${text}`);
    expect(steps).toHaveLength(1);
  },
);

test('commands in the text of an item go before what a person does behind them', () => {
  const {steps} = planOf(
    '## Deploy',
    '',
    '1. Load: `./load.sh`. Then wait ten minutes and ring the hall.',
    '2. `./drain.sh` and wait until the belt is empty',
    '3. `./hoch.sh` und dann warten, bis es grün ist',
    '4. Next: `./next.sh`',
    '',
    '   Wait for the foreman.',
    '',
    '5. Last: `./last.sh`',
    '   - Wait for the shift change.',
    '   - It may be late.',
    '   - Demander au chef.',
  );
  expect(steps.map(({line, title, action: {kind}}) => [line, kind, kind === 'manual' ? title : ''])).toEqual([
    [3, 'script', ''],
    [3, 'manual', 'wait ten minutes and ring the hall.'],
    [4, 'script', ''],
    [4, 'manual', 'wait until the belt is empty'],
    [5, 'script', ''],
    [5, 'manual', 'warten, bis es grün ist'],
    [6, 'script', ''],
    [8, 'manual', 'Wait for the foreman.'],
    [10, 'script', ''],
    [11, 'manual', 'Wait for the shift change.'],
    [13, 'manual', 'Demander au chef.'],
  ]);
  expect(steps.at(-3)).toMatchObject({instructions: ['It may be late.']});
});

test.each(['and it answers', '(about a minute)', 'which takes a while. It is slow.'])(
  'behind a command "%s" asks nobody',
  behind => {
    expect(planOf('## Deploy', '', `1. \`./load.sh\` ${behind}`).steps).toHaveLength(1);
  },
);

test.each([
  ['Ask the hall for a sample. On the box, run:', 'Ask the hall for a sample.'],
  ['Ring the desk and wait for a yes. It may take a while. Then:', 'Ring the desk and wait for a yes.'],
  ['Die Halle anrufen. Auf der Kiste:', 'Die Halle anrufen.'],
  ['Avisar a la sala. Luego:', 'Avisar a la sala.'],
])('"%s" asks a person first, and leads to the commands', (lead, title) => {
  const {steps} = planOf('# Change', '', '## Deploy', '', lead, '', '```bash', './work.sh', '```');
  expect(steps.map(step => [step.action.kind, step.action.kind === 'manual' ? step.title : ''])).toEqual([
    ['manual', title],
    ['script', ''],
  ]);
});

test('what the commands below do is no step before them', () => {
  const {steps} = planOf(
    '## Deploy',
    '',
    'Stop the belt. Then load it:',
    '',
    '```bash',
    './stop.sh',
    './load.sh',
    '```',
  );
  expect(steps.map(({action}) => action.kind)).toEqual(['script']);
});

test.each([
  ['Wait 5 minutes, then `./check.sh`.', 'Wait 5 minutes'],
  ['Ring the hall and run `./check.sh`', 'Ring the hall'],
  ['Esperar diez minutos y `./check.sh`', 'Esperar diez minutos'],
  ['Attendre dix minutes, puis `./check.sh`', 'Attendre dix minutes'],
])('"%s" asks a person before the command', (item, title) => {
  const {steps} = planOf('## Deploy', '', `1. ${item}`);
  expect(steps).toMatchObject([{title, action: {kind: 'manual'}}, {action: {kind: 'script'}}]);
});

test.each([
  ['Load `tariff.csv` with `./load.sh tariff.csv`, then restart the till.', 'restart the till.'],
  ['`./load.sh`, danach den Stand notieren', 'den Stand notieren'],
  ['`./load.sh` et vérifier le mur', 'vérifier le mur'],
])('"%s" asks a person behind it', (item, title) => {
  const {steps} = planOf('## Deploy', '', `1. ${item}`);
  expect(steps).toMatchObject([{action: {kind: 'script'}}, {title, action: {kind: 'manual'}}]);
});

test.each(['Wait with `./wait.sh --up`', 'Tell the hall with `./tell.sh`', 'Call `./check.sh`'])(
  'in "%s" the command does it',
  item => {
    expect(planOf('## Deploy', '', `1. ${item}`).steps).toHaveLength(1);
  },
);

test.each([
  ['Run `./load.sh` and wait until the till is up. Then ring the hall.', ['script', 'manual']],
  ['Wait ten minutes, then run `./check.sh`.', ['manual', 'script']],
  ['Exécuter `./charger.sh` et attendre la cloche.', ['script', 'manual']],
  ['Run `./load.sh` and wait.', ['script']],
])('in a sentence of running text too: "%s"', (sentence, kinds) => {
  expect(planOf('## Deploy', '', sentence).steps.map(({action}) => action.kind)).toEqual(kinds);
});

test.each(['Se espera un minuto y se comprueba:', 'Se esperan 5 minutos y se comprueba:'])(
  'what one waits for before the next commands is no output of those above: %s',
  lead => {
    const block = (command: string) => `\`\`\`bash\n${command}\n\`\`\`\n`;
    const source = `# Pantallas\n\n## Despliegue\n\n${block('sudo systemctl restart fids')}\n${lead}\n\n${block('curl -s http://localhost:8080/estado')}`;
    const {steps} = planOf(...source.split('\n'));
    expect(steps.map(({action, expectations}) => [action.kind, expectations])).toEqual([
      ['script', []],
      ['http', []],
    ]);
  },
);
