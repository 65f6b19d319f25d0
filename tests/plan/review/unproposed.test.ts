/** What is asked with its whole sentence, and what has no proposal: conditions behind commands, and until when there is a way back. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

test.each([
  ['Se a cópia não estiver completa, usar o arquivo do passo 2.'],
  ['Falls `/srv/till.old` fehlt, das Archiv aus Schritt 2 nehmen.'],
  ['Si `/srv/till.old` no está o está incompleto, usar el tgz del paso 7.'],
  ["S'il manque `/srv/till.old`, prendre l'archive du point 2."],
])('a condition behind commands has no proposal: %s', sentence => {
  const item = ['1. On each till: `cd /srv && mv till.old till`.', `   ${sentence}`];
  const {proposal} = planOf('# A', '## Deploy', '', '- Run `make deploy`', '', '## Rollback', '', ...item);
  const found = (proposal?.doubts ?? []).filter(({line}) => line === 9);
  expect(found).not.toEqual([]);
  expect(found.filter(({proposed}) => proposed !== undefined)).toEqual([]);
});

test.each([
  ['Only if the copy is complete, never from a half one.'],
  ['Nur wenn die Kopie vollständig ist, niemals von einer halben.'],
  ['Solo si la copia está completa, nunca desde una a medias.'],
])('a limit below the block of a rollback has no proposal: %s', sentence => {
  const block = ['Swap the directories:', '', '```sh', 'mv /srv/till.old /srv/till', '```', '', sentence];
  const {proposal} = planOf('# A', '## Deploy', '', '- Run `make deploy`', '', '## Rollback', '', ...block);
  const found = (proposal?.doubts ?? []).filter(({message}) => message.includes(sentence.slice(-12, -1)));
  expect(found).not.toEqual([]);
  expect(found.filter(({proposed}) => proposed !== undefined)).toEqual([]);
});

test.each([
  ['Ana signs. Behind the switch of the name servers, whatever the clients report, there is no going back.'],
  ['Decide Ana. Después de cambiar los servidores de nombres y de avisar a los clientes ya no se puede volver atrás.'],
  ['Ana décide. Une fois deux serveurs passés dans la nouvelle version et les clients prévenus, on ne recule plus.'],
  ['Ana entscheidet. Sobald zwei Server umgestellt und die Kunden benachrichtigt sind, gibt es kein Zurück.'],
])('the end of a long sentence is shown, and has no proposal: %s', sentence => {
  const {proposal} = planOf(
    '# A',
    '## Deploy',
    '',
    '- Run `make deploy`',
    '',
    '## Rollback',
    '',
    sentence,
    '',
    '- Run `make undo`',
  );
  const found = (proposal?.doubts ?? []).filter(({message}) => message.includes(sentence.slice(-12, -1)));
  expect(found.map(({proposed}) => proposed)).toEqual([undefined]);
});
