/** A block below a table that bears the number of a row is the work of that row: there, and before the rows behind it. */
import {describe, expect, test} from 'vitest';
import {contextOf} from '../../../src/plan/plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

type Words = {title: string; head: readonly string[]; below: string; label: string};

const LANGUAGES: readonly (readonly [string, Words])[] = [
  ['English', {title: '## Deploy', head: ['No.', 'What', 'Host', 'Command'], below: 'see below', label: 'Step 2:'}],
  [
    'English, with more behind the number',
    {
      title: '## Deploy',
      head: ['No.', 'What', 'Host', 'Command'],
      below: 's. below',
      label: 'For step 2, as postgres:',
    },
  ],
  ['German', {title: '## Einspielen', head: ['Nr.', 'Was', 'Host', 'Befehl'], below: 's. u.', label: 'Schritt 2:'}],
  ['German, short', {title: '## Einspielen', head: ['Nr.', 'Was', 'Host', 'Befehl'], below: 's. u.', label: 'Zu 2:'}],
  [
    'Spanish',
    {title: '## Despliegue', head: ['N.º', 'Qué', 'Host', 'Comando'], below: 'ver abajo', label: 'Comando del paso 2:'},
  ],
  [
    'French',
    {
      title: '## Déploiement',
      head: ['N°', 'Quoi', 'Serveur', 'Commande'],
      below: 'voir ci-dessous',
      label: "Pour l'étape 2 :",
    },
  ],
  ['only the number', {title: '## Deploy', head: ['#', 'What', 'Host', 'Command'], below: '', label: '2:'}],
];

const LOAD = 'pg_restore -d tolls /srv/tolls.dump';

function table({title, head, below}: Words): string[] {
  return [
    '# R',
    '',
    title,
    '',
    `| ${head.join(' | ')} |`,
    '|---|---|---|---|',
    '| 1 | Stop | `web01` | `sudo systemctl stop toll` |',
    `| 2 | Load | \`db07\` | ${below} |`,
    '| 3 | Start | `web01` | `sudo systemctl start toll` |',
    '',
  ];
}

function readAt(lines: readonly string[]) {
  const plan = planOf(...lines);
  const asked = (line: number) => {
    const ids = plan.steps.filter(one => one.line === line).map(({id}) => id);
    return (plan.proposal?.doubts ?? []).some(
      ({steps, proposed}) => proposed === undefined && steps.some(id => ids.includes(id)),
    );
  };
  const block = plan.steps.find(({action}) => JSON.stringify(action).includes(LOAD));
  const place = block === undefined ? undefined : contextOf(block)?.place;
  return {plan, asked, block, place: place?.kind === 'host' ? place.destination : place?.kind};
}

describe.each(LANGUAGES)('a numbered block, in %s,', (_, words) => {
  test('waits together with the rows that would run before it', () => {
    const {asked, block} = readAt([...table(words), words.label, '', '```', LOAD, '```']);
    expect([7, 9, block?.line ?? 0].map(asked)).toEqual([false, true, true]);
  });

  test('runs on the host of its row', () => {
    expect(readAt([...table(words), words.label, '', '```', LOAD, '```']).place).toBe('<db07>');
  });
});

test('the blocks of several rows are asked about by the rows between, and not by each other', () => {
  const rows = ['| 2 | Load | `db07` | see below |', '| 3 | Check | `web01` | see below |'];
  const lines = ['# R', '## Deploy', '', '| # | What | Host | Command |', '|---|---|---|---|', ...rows, ''];
  const {asked, plan} = readAt([
    ...lines,
    ...['Step 2:', '', '```', LOAD, '```', '', 'Step 3:', '', '```', 'make check', '```'],
  ]);
  expect(plan.steps.filter(({action}) => action.kind === 'script').map(({line}) => asked(line))).toEqual([
    false,
    false,
  ]);
});

test('under a heading with the number, it is asked where it runs', () => {
  const [, english] = LANGUAGES[0] ?? [];
  if (english === undefined) throw new Error('no words');
  const {plan, block} = readAt([...table(english), '#### Step 2', '', '```', LOAD, '```']);
  const messages = (plan.proposal?.doubts ?? [])
    .filter(({steps}) => steps.includes(block?.id ?? ''))
    .map(d => d.message);
  expect(messages.join('\n')).toContain('is the work of row 2 (line 8)');
});

test('a block behind another step is nothing of a row', () => {
  const [, english] = LANGUAGES[0] ?? [];
  if (english === undefined) throw new Error('no words');
  expect(readAt([...table(english), 'After step 2:', '', '```', LOAD, '```']).place).not.toBe('<db07>');
});

test.each([
  ['## Deploy', 'see below. **Only once 1 is right**', 'Step 2:'],
  ['## Einspielen', 's. u. **Erst wenn 1 stimmt**', 'Schritt 2:'],
  ['## Despliegue', 'ver abajo, solo si el 1 es correcto', 'Paso 2:'],
  ['## Déploiement', 'voir ci-dessous, seulement si 1 est bon', 'Étape 2 :'],
])('%s: what a row says of its case is said of its block', (title, told, label) => {
  const rows = ['| 1 | Count | `db07` | `wc -l tolls` |', `| 2 | Load | \`db07\` | ${told} |`];
  const lines = ['# R', title, '', '| # | What | Host | Command |', '|---|---|---|---|', ...rows, ''];
  const {asked, block} = readAt([...lines, label, '', '```', LOAD, '```']);
  expect(asked(block?.line ?? 0)).toBe(true);
});
