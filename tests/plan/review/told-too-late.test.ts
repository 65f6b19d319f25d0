/** Text below commands that belongs before them, and notes behind a list that speak of one of its steps. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** The open questions about the order, with the lines of the commands that wait for them. */
function askedOf(...lines: readonly string[]) {
  const {proposal, steps} = planOf('# Silo', '', '## Deploy', '', ...lines);
  const own = (proposal?.doubts ?? []).filter(({code, proposed}) => code === 'condition-assumed' && !proposed);
  const lineOf = (id: string) => steps.find(step => step.id === id)?.line;
  return own.map(one => ({line: one.line, steps: one.steps.map(lineOf)}));
}

const purge = (...below: readonly string[]) => [
  '- [ ] Purge:',
  '',
  '  ```bash',
  '  ./purge.sh --all',
  '  ```',
  '',
  ...below,
];

test.each([
  '  Have Piet read it aloud before pressing Enter.',
  '  Order counts. Nobody hits return before Ivo has nodded.',
  '  Let Ana look at it first.',
  '  Laut vorlesen lassen, bevor Enter gedrückt wird.',
  '  Faire relire à voix haute par le binôme avant Entrée.',
  '  Que lo lea en voz alta un compañero antes de pulsar Intro.',
  '  Ask the miller for his nod before it goes out.',
])('"%s" stands below its command, which waits', text => {
  const [one] = askedOf(...purge(text));
  expect(one?.line).toBe(11);
  expect(one?.steps).toContain(5);
});

test.each([
  '  Ask the miller before you go on.',
  '  Wait for the dryer before continuing with the next silo.',
  '  It takes a minute before the page loads.',
  '  Tell the yard before 18:00.',
  '  If it hangs, ring the miller before doing anything else.',
])('"%s" is asked of what comes next', text => {
  expect(askedOf(...purge(text)).filter(({line}) => line === 11)).toEqual([]);
});

test('what the text comes before stands below it', () => {
  const lines = [...purge('  Ask the miller before the restart.'), '- [ ] Restart: `systemctl restart dryer`'];
  expect(askedOf(...lines)).toEqual([]);
});

const table = [
  '| Step | Action |',
  '|---|---|',
  '| 3.1 | `./stop.sh a` |',
  '| 3.2 | `./start.sh a` |',
  '| 3.3 | `./start.sh b` |',
  '',
];

test.each([
  'Note on 3.2: the belt must stand still:',
  'Zu 3.2: das Band muss stehen:',
  'Remarque sur 3.2 : la bande doit être arrêtée :',
])('"%s" behind the table speaks of one row', note => {
  const asked = askedOf(...table, note, '', '    cat /run/belt');
  expect(asked.find(({line}) => line === 11)?.steps).toEqual([11, 8]);
});

test('a note on the last row stands where it belongs', () => {
  expect(askedOf(...table, 'Note on 3.3: the belt must stand still:', '', '    cat /run/belt')).toEqual([]);
});

test('"before starting" means each step above that starts something', () => {
  const asked = askedOf(...table, 'Before starting it, look at the belt:', '', '    cat /run/belt');
  expect(asked.find(({line}) => line === 11)?.steps).toEqual([11, 8, 9]);
});
