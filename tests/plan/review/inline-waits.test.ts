/** Between two commands of one sentence somebody waits, or looks: the run would do neither. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** The line numbers of open doubts about whether or when the commands run. */
function openAt(...work: readonly string[]): number[] {
  const {proposal} = planOf('# Weir', '', '## Deploy', '', ...work);
  return (proposal?.doubts ?? []).flatMap(({code, line, proposed}) =>
    code === 'condition-assumed' && proposed === undefined ? [line] : [],
  );
}

test.each([
  '- [ ] `sudo systemctl start gate`, and 5 minutes later `sudo systemctl start gate-timer`.',
  '- [ ] `sudo systemctl start gate` and then, three hours later, `sudo systemctl start gate-timer`',
  '- [ ] `sudo systemctl start gate` and, give it 90 seconds, `sudo systemctl start gate-timer`',
  '- [ ] `sudo systemctl start wehr` und 10 Minuten danach `sudo systemctl start wehr-uhr`',
  '- [ ] `sudo systemctl start presa` y 5 minutos después `sudo systemctl start presa-reloj`',
])('a wait between two commands is asked about: %s', item => {
  expect(openAt(item)).toEqual([5]);
});

test.each([
  [
    'behind a request',
    '1. Next morning: `curl -sI https://weir.example/level.txt`, `Last-Modified` must be of today.',
    "   If it isn't: `weir export --force` on lock1.",
  ],
  [
    'in Spanish',
    '1. A la mañana siguiente: `curl -s https://presa.example/nivel`, tiene que dar `ok`.',
    '   Si no: `sudo systemctl restart presa`.',
  ],
  [
    'in German',
    '1. Am nächsten Tag: `curl -s https://wehr.example/pegel`, es muss `ok` dastehen.',
    '   Falls nicht: `wehr export --neu`.',
  ],
])('the condition of a step hides no condition of its later command: %s', (_, first, second) => {
  expect(openAt(first, second)).toContain(6);
});

test.each([
  '- [ ] `sudo systemctl start gate`, and then `sudo systemctl start gate-timer`.',
  '- [ ] If the level is above 2 m, run `weir open 3`.',
])('no question: %s', item => {
  expect(openAt(item)).toEqual([]);
});

test.each([
  ['2. Trips since step 9 are lost with it. List them first: `sudo tripctl list --since 9`'],
  ['2. Die Fahrten gehen verloren. Diese Liste zuerst: `sudo tripctl list --since 9`'],
  ['2. Copy the list beforehand: `sudo cp /srv/list /backup/list`'],
])('what is to come first is asked about behind what destroys it: %s', item => {
  expect(openAt('1. `dropdb trips`', item)).toEqual([6]);
  expect(openAt('1. `sudo systemctl stop trips`', item)).toEqual([]);
});
