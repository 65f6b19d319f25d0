/** What is to be done again until it shows something would run once: it waits, and the step behind it too. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(title: string, hint: string) {
  const rows = [`| 1 | Queue | \`queuectl --count\`${hint} |`, '| 2 | Stop | `systemctl stop worker` |'];
  const {proposal} = planOf('# R', title, '', '| # | What | Command |', '|---|---|---|', ...rows);
  return (proposal?.doubts ?? []).some(
    ({message, steps, proposed}) => message.includes('to do it again') && proposed === undefined && steps.length === 2,
  );
}

test.each([
  ['## Deploy', ', every few minutes, until 0'],
  ['## Einspielen', ', alle paar Minuten, bis 0. Länger als 30 Minuten warten wir nicht'],
  ['## Despliegue', ', cada pocos minutos, hasta 0'],
  ['## Déploiement', ", toutes les deux minutes, jusqu'à 0"],
])('%s: "%s"', (title, hint) => {
  expect(asked(title, hint)).toBe(true);
});

test.each([', 3 times', ' (every host has one)', ''])('"%s" asks for nothing again', hint => {
  expect(asked('## Deploy', hint)).toBe(false);
});

test.each([
  ['a queue that runs empty', 'Let the queue run empty, then:'],
  ['eine Schlange, die leer läuft', 'Warteschlange leer laufen lassen:'],
])('%s is no work without an end', (_, lead) => {
  const {proposal} = planOf('# R', '## Deploy', '', lead, '', '```bash', 'queuectl --count', '```');
  expect((proposal?.doubts ?? []).filter(({code}) => code === 'endless-assumed')).toEqual([]);
});
