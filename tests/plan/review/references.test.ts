/** Sentences that point at other parts by their labels change the order or the number of what those run. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** The open doubts: code and line. */
function openOf(...lines: readonly string[]): string[] {
  const {proposal} = planOf(...lines);
  return (proposal?.doubts ?? []).flatMap(({code, line, proposed}) =>
    proposed === undefined ? [`${code} ${line}`] : [],
  );
}

const STEPS = ['## Deploy', '', '1. Stop it: `./stop.sh`', '2. Load: `./load.sh`', '3. Count: `./count.sh`', ''];

test.each([
  'Do step 2 also before step 1.',
  'Schritt 2 auch vor Schritt 1.',
  "L'étape 2 aussi avant l'étape 1.",
  'El paso 2 también antes de paso 1.',
  'Only then step 2, and before step 1 the gate.',
])('"%s" holds the steps it names', text => {
  expect(openOf(...STEPS, text)).toEqual(expect.arrayContaining(['condition-assumed 3', 'condition-assumed 4']));
});

test.each([
  ['U3 Prime it', 'The second pump is done as in U3, and it takes longer.'],
  ['U3 Vorpumpen', 'Für die zweite Pumpe gilt es wie U3.'],
  ['B.2 Drain', 'For the second node the same as B.2.'],
  ['1.2 Amorcer', 'Pour la seconde pompe, comme en 1.2.'],
])('text that only points at "%s" is asked: %s', (label, text) => {
  const open = openOf('## Deploy', '', `1. ${label}: \`./work.sh p1\``, '', text);
  expect(open).toEqual(expect.arrayContaining(['condition-assumed 3', 'not-read 5']));
});

test('where a person does it once more, as its own step, nothing is asked', () => {
  expect(openOf(...STEPS.slice(0, -1), '4. Step 2 once more with the second pump', '')).toEqual([]);
});

test.each([
  'After step 2 it takes a minute.',
  'See step 3 for the figures.',
  'Version 1.2 is on it.',
  'Nach Schritt 2 ist es warm.',
])('"%s" only names a step', text => {
  expect(openOf(...STEPS, text)).toEqual([]);
});

const FAR = [
  '## Part A. Load',
  '',
  '```bash',
  './load.sh',
  '```',
  '',
  '## Part B. Count',
  '',
  '```bash',
  './count.sh',
  '```',
  '',
];
const AWAY = ['', '## Part C. The former arrangement', '', '```bash', './other.sh', '```'];

test.each([
  'If it does not turn, go to part C.',
  'The change is aborted in accordance with Part C.',
  'Beyond five minutes, part C applies.',
  '| Pump | Beyond that |\n|---|---|\n| p1 | Part C |',
])('a part to which other parts send in some case does not simply come next: %s', text => {
  expect(openOf(...FAR, ...text.split('\n'), ...AWAY)).toContain(
    `role-assumed ${FAR.length + text.split('\n').length + 2}`,
  );
});

test('a part that is only named comes next', () => {
  expect(openOf(...FAR, 'Part C takes an hour.', ...AWAY)).toEqual([]);
});

test.each([
  'So FIRST warn the bridge.',
  'But beforehand call the keeper.',
  'Aber vorher die Leitwarte anrufen.',
  "Mais d'abord prévenir le pont.",
  'Pero primero avisar al puente.',
])('what must come before the commands stands below them: %s', text => {
  expect(openOf('## Deploy', '', 'Restart it:', '', '```bash', './restart.sh', '```', text)).not.toEqual([]);
  expect(openOf('## Deploy', '', `- Restart it: \`./restart.sh\`. ${text}`)).not.toEqual([]);
});
