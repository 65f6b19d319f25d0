/** A reason to go back is asked about, though the line also tells a command and its section holds no step. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const DEPLOY = ['## Deploy', '', '```', './ship.sh', '```', ''];

test.each([
  ['Watch `tail -f /var/log/deny.log`. More than 1 in 20, or any `E_FORMAT` -> back out.', 'More than 1 in 20'],
  ['`tail -f /var/log/tor.log` ansehen. Mehr als 5 Fehler -> Rollback.', 'Mehr als 5'],
  ['Regarder `tail -f /var/log/porte.log`. Plus de 5 erreurs -> rollback.', 'Plus de 5'],
])('%s', (text, words) => {
  const {proposal, rules} = planOf(...DEPLOY, '## Monitoring', '', text, '', '```', './look.sh', '```');
  const found = (proposal?.doubts ?? []).filter(one => one.line === 9 && one.message.includes(words));
  expect(found.length + rules.length).toBeGreaterThan(0);
});

test('in a section of the deploy without a step', () => {
  const {proposal, rules} = planOf(
    ...DEPLOY,
    '## Deploy: next morning',
    '',
    'Be on the phone. More than 1 in 20 red -> back out.',
  );
  const isAsked = (proposal?.doubts ?? []).some(one => one.line === 9 && one.message.includes('More than 1 in 20'));
  expect(isAsked || rules.length > 0).toBe(true);
});

test.each([
  ['Watch', '`pickctl stats --hour`. Failed picks below 1 %, above 3 % in two hours in a row: go back.'],
  ['Beobachtung', '`pickctl stats --hour`. Fehler unter 1 %, über 3 % in zwei Stunden: Rückfall.'],
  ['Vigilancia', '`pickctl stats --hour`. Fallos por debajo del 1 %, más del 3 % dos horas seguidas: volver atrás.'],
])('a bound behind the command of what is watched is asked about: ## %s', (title, item) => {
  const {proposal} = planOf('# Robot', '', '## Deploy', '', '`pickctl up`', '', `## ${title}`, '', `- ${item}`);
  expect((proposal?.doubts ?? []).filter(({line, message}) => line === 9 && message.includes('3 %'))).not.toEqual([]);
});
