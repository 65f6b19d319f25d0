/** What is said of commands counts wherever it stands: each phrase in each place holds them, and plain talk holds nothing. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings} from '../../../src/plan/plan.ts';

const BLOCK = '```bash\n./rebuild.sh --all\n```';
const INSIDE = BLOCK.replaceAll(/^/gm, '   ');

/** `sentence`: a sentence of its own. `aside`: a few words in brackets or in a cell. */
const PLACES: readonly [string, (said: {sentence: string; aside: string}) => string][] = [
  ['above the block', ({sentence}) => `### 3. Index\n\n${sentence}\n\n${BLOCK}`],
  ['below the block', ({sentence}) => `### 3. Index\n\n${BLOCK}\n\n${sentence}`],
  ['in a quotation below', ({sentence}) => `### 3. Index\n\n${BLOCK}\n\n> ${sentence}`],
  ['in brackets of the title', ({aside}) => `### 3. Index (${aside})\n\n${BLOCK}`],
  ['behind a dash in the title', ({aside}) => `### 3. Index – ${aside}\n\n${BLOCK}`],
  ['in the title around it', ({aside}) => `### 3. Index (${aside})\n\n#### Rebuild\n\n${BLOCK}`],
  ['above its title', ({sentence}) => `### 3. Index\n\n${sentence}\n\n#### Rebuild\n\n${BLOCK}`],
  ['behind the code of an item', ({aside}) => `### 3. Index\n\n- [ ] Rebuild it: \`./rebuild.sh --all\` (${aside})`],
  ['in an item below', ({sentence}) => `### 3. Index\n\n1. Rebuild it\n\n${INSIDE}\n\n   - ${sentence}`],
  ['in a comment below', ({sentence}) => `### 3. Index\n\n${BLOCK.replace('\n```', `\n# ${sentence}\n\`\`\``)}`],
  [
    'in a remark of the row',
    ({aside}) =>
      `### 3. Index\n\n| Step | Command | Remark |\n|---|---|---|\n| Rebuild | \`./rebuild.sh --all\` | ${aside} |`,
  ],
];

const SAID = [
  {sentence: 'This is only needed if the schema has changed.', aside: 'only if the schema has changed'},
  {sentence: 'This is not needed for hotfixes.', aside: 'not for hotfixes'},
  {sentence: 'Never do this in production.', aside: 'never in production'},
  {sentence: 'Only in an emergency.', aside: 'only in an emergency'},
  {sentence: 'Nur bei der ersten Installation.', aside: 'nur bei der ersten Installation'},
  {sentence: 'Solo en caso de emergencia.', aside: 'solo en caso de emergencia'},
  {sentence: 'Seulement si le schéma a changé.', aside: 'seulement si le schéma a changé'},
];

const PLAIN = [
  {sentence: 'The index holds all articles.', aside: 'about two minutes'},
  {sentence: 'Es steht im Wiki, wie er gebaut wird.', aside: 'etwa zwei Minuten'},
];

/** Whether something holds the step of the script: a question, a condition, or that it is read as no step. */
function isHeld(body: string): boolean {
  const words = body.replaceAll(/`[^`]*`/g, ' ');
  const language = /[äöü]|\bwie\b/.test(words)
    ? 'Wir spielen die neue Version ein, und der Dienst läuft wieder.\n\n'
    : '';
  const plan = parsePlan(`# Release\n\n${language}## Deploy\n\n${body}\n`, emptyBindings);
  const step = plan.steps.find(one => commandsOf(one).some(({text}) => text.startsWith('./rebuild.sh')));
  if (step === undefined || step.condition !== undefined || step.scope !== undefined) return true;
  const open = (plan.proposal?.doubts ?? []).filter(({proposed}) => proposed === undefined);
  return open.some(one => one.steps.includes(step.id) || (one.steps.length === 0 && one.section === step.section));
}

test.each(PLACES)('what holds commands back is not passed over %s', (_, bodyOf) => {
  expect(SAID.filter(said => !isHeld(bodyOf(said))).map(({sentence}) => sentence)).toEqual([]);
});

test.each(PLACES)('what holds nothing back asks nothing %s', (_, bodyOf) => {
  expect(PLAIN.filter(said => isHeld(bodyOf(said))).map(({sentence}) => sentence)).toEqual([]);
});

test('a sentence that names a part by its number says where and when for its commands', () => {
  const doc = (said: string) => `${said}\n\n### Step 3: Index\n\n${BLOCK}`;
  expect(isHeld(doc('Step 3 runs on app-2.'))).toBe(true);
  expect(isHeld(doc('Step 3 is done last of all.'))).toBe(true);
});

test('another directory, another user and another person are asked about', () => {
  for (const said of [
    'Run this in /srv/index.',
    'Run this as the user indexer.',
    'The DBA does this.',
    'This is done by the DBA.',
  ])
    expect([said, isHeld(`### 3. Index\n\n${BLOCK}\n\n${said}`)]).toEqual([said, true]);
});

test('an order of its own below commands, and the way back, say nothing of them', () => {
  const runs = (body: string) => parsePlan(`# Release\n\n## Deploy\n\n${body}\n`, emptyBindings).proposal?.doubts ?? [];
  const own = (body: string) => runs(body).filter(({code}) => code === 'condition-assumed');
  expect(own(`${BLOCK}\n\nWait until the queue is empty.`)).toEqual([]);
  expect(own(`- [ ] Rebuild: \`./rebuild.sh --all\`\n  - To undo: \`./restore.sh\``)).toEqual([]);
});

test('a case that the plan has already is not asked once more', () => {
  const section =
    '## Deploy\n\n### 2. Packages (if requirements.txt changed)\n\n```bash\npip install -r requirements.txt\n```\n';
  const rollback =
    '## Rollback\n\n```bash\ngit checkout v1\n# If requirements.txt changed\npip install -r requirements.txt\n```\n';
  const {proposal} = parsePlan(`# Release\n\n${section}\n${rollback}`, emptyBindings);
  expect(proposal?.doubts.filter(({proposed}) => proposed === undefined)).toEqual([]);
});

test('a sentence that two checks ask about stands in the question once', () => {
  const body = `### 3. Index\n\n${BLOCK}\n\n> Only needed if the schema has changed.`;
  const {proposal} = parsePlan(`# Release\n\n## Deploy\n\n${body}\n`, emptyBindings);
  const said = (proposal?.doubts ?? []).map(({message}) => message).join('\n');
  expect(said.split('Only needed if the schema has changed.')).toHaveLength(2);
});
