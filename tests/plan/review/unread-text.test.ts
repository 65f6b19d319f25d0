/** Text that stands with commands and was read into nothing is asked about. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {isUnread} from '../../../src/plan/doubt.ts';
import {parseBindings, parsePlan} from '../../../src/plan/parse-plan.ts';

/** The doubts of a document: `!` stands for one that `--accept` leaves open. */
function doubtsOf(text: string): string[] {
  const {proposal} = parsePlan(`# Ferry\n\n${text}\n`, emptyBindings);
  return (proposal?.doubts ?? []).map(
    ({code, line, proposed}) => `${code}${proposed === undefined ? '!' : ''} ${line}`,
  );
}

const item = (text: string) => `## Deploy\n\n1. ${text}\n`;

test.each([
  'Load the timetable: `./load.sh` <- Hans has the key',
  'Load the timetable: `./load.sh`, the harbour master watches',
  "Charger l'horaire : `./charger.sh` – Hans garde la clé",
  'Cargar el horario: `./cargar.sh` – Hans tiene la llave',
])('behind the code of an item: %s', text => {
  expect(doubtsOf(item(text))).toEqual(['note-assumed 5']);
});

test.each([
  'Load the timetable: `./load.sh` – Hans does this',
  'Fahrplan laden: `./laden.sh` – mit dem Hafenmeister zusammen',
])('what is done by or with somebody else is no note: %s', text => {
  expect(doubtsOf(item(text))).toEqual(['condition-assumed! 5']);
});

test.each([
  'Load it: `./load.sh` (5 min)',
  'Load it: `./load.sh`',
  'Load it: `./load.sh` ✓',
  'Load it: `./load.sh` # 12',
])('a duration or a mark says nothing else: %s', text => {
  expect(doubtsOf(item(text))).toEqual([]);
});

test('a column that no rule knows is asked about where it says something', () => {
  const rows = [
    '| What | Command | Remark |',
    '|---|---|---|',
    '| Load | `./a.sh` | winter |',
    '| Unload | `./b.sh` | |',
  ];
  expect(doubtsOf(`## Deploy\n\n${rows.join('\n')}`)).toEqual(['note-assumed 7']);
});

test('what else a cell says beside its command is left open where it is a rollback', () => {
  const rows = ['| What | Command |', '|---|---|', '| Timetable | `./back.sh` **then** the line above |'];
  expect(doubtsOf(`## Deploy\n\n${rows.join('\n')}`)).toEqual(['note-assumed 7']);
  expect(doubtsOf(`## Deploy\n\n\`./load.sh\`\n\n## Rollback\n\n${rows.join('\n')}`)).toContain('not-read! 11');
});

test('the note of a step whose commands run is asked about', () => {
  expect(
    doubtsOf('## Deploy\n\n- [ ] Load the timetable: `./load.sh`\n\n  The bell rings twice, and the pilot waves.'),
  ).toEqual(['note-assumed 5']);
});

test('what the bindings give a step is what their author means', () => {
  const {bindings} = parseBindings('tminus: 1\nsteps:\n  - match: Load\n    run: ./other.sh\n', {env: {}});
  const {proposal} = parsePlan('# Ferry\n\n## Deploy\n\n1. Load it: `./load.sh` – Hans has the key\n', bindings);
  expect(proposal?.doubts.filter(isUnread)).toEqual([]);
});
