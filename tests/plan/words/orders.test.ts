import {describe, expect, test} from 'vitest';
import {plainText} from '../../../src/plan/document/inline.ts';
import {
  informingWordsIn,
  isOrder,
  orderIn,
  orderInProse,
  orderOfText,
  startsByItself,
} from '../../../src/plan/words/orders.ts';

describe('a sentence over commands', () => {
  test.each([
    'People without access to the registry may build it where it runs:',
    'We used to do it by hand:',
    'You can also take the old tool:',
    'Some customers have a second database:',
    'This was how it worked last year:',
    'Installations that are older have another name:',
    'Wir haben das früher anders gemacht:',
    'Quickly, with a short outage:',
    'A call looks as follows:',
    'También se puede hacer a mano, se podía antes:',
  ])('tells something: %s', text => {
    expect(informingWordsIn(text)).toBeDefined();
  });

  test.each([
    'Restart the service:',
    'The schema has changed. Run the migrations:',
    'Once it is up, clear the cache:',
    'The image is built with the tag of the release:',
    'Now the workers can be restarted:',
    'We have to stop the queue first:',
    'The home page should answer:',
    'Backup of the database:',
    'Sicherung der Datenbank:',
    'Auf allen Servern, einer nach dem anderen, den Dienst anhalten:',
    'In order, on each node, restart the service:',
    'On the second node, now that it is available:',
  ])('is something to do: %s', text => {
    expect(informingWordsIn(text)).toBeUndefined();
  });
});

test('an order begins with what is to be done', () => {
  expect(['Restart the api', 'Then, copy the files', 'First of all, stop it'].map(isOrder)).toEqual([true, true, true]);
  expect(['Any alarm', 'More than 2 % errors', 'The scenic route'].map(isOrder)).toEqual([false, false, false]);
});

test.each([
  'Tell the team channel.',
  'Den Support informieren.',
  'Danach die Warteschlange anhalten.',
  "Prévenez l'équipe.",
  'Avisar a la sala de guardia.',
  'Depois, avisar o turno da noite.',
])('something is asked for: %s', text => {
  expect(orderIn(text)).toBe(text);
});

test.each([
  'Der Dienst muss von selbst starten.',
  'Die Tabelle kann man löschen.',
  'La caja queda como está.',
  'O servidor velho fica.',
])('nothing is asked for: %s', text => {
  expect(orderIn(text)).toBeUndefined();
});

test('what starts by itself is told, and a condition of an order is not', () => {
  expect(startsByItself('The deploy triggers automatically when you:')).toBe(true);
  expect(startsByItself('Die Pipeline startet von selbst, wenn:')).toBe(true);
  expect(startsByItself('Roll it out automatically only if:')).toBe(false);
});

test.each([
  "**@rafa** don't forget to stop the matchmaking",
  '@ola 09:30 - announce it in the lobby',
  'Then, on either, reboot only if the installer asks for it.',
  'In the evening, ring the depot.',
  'Do not forget to lock the door.',
])('who says it, when and where may stand before what is asked for: %s', text => {
  expect(orderIn(plainText(text))).toBeDefined();
});

test.each([
  ['Ask the hall to stop belt 7.', true],
  ['then wait until the queue is empty', true],
  ['Prévenez le standard.', true],
  ['Den Pförtner informieren.', true],
  ['Llame a la sala de control.', true],
  ['Avise a portaria.', true],
  ['Stop belt 7.', false],
  ['Tell the team:', false],
])('a sentence above commands that no command can do is a step of its own: %s', (text, expected) => {
  expect(orderOfText(text, true) !== undefined).toBe(expected);
});

test.each([
  ['Kitchen: close the hatch.', 'Kitchen: close the hatch.'],
  ['Smoke test: log in, then open the shop. It is slow.', 'Smoke test: log in, then open the shop.'],
  ['Équipe réseau: prévenez le standard.', 'Équipe réseau: prévenez le standard.'],
  ['Duration: about an hour.', undefined],
  ['The board in the hall of the old house: close it.', undefined],
])('a short title may stand before an order in running text: %s', (text, expected) => {
  expect(orderInProse(text)).toBe(expected);
  expect(orderIn(text)).toBeUndefined();
});

test('what an item quotes behind a colon is no order', () => {
  expect(orderIn('Error: UPGRADE FAILED: another operation is in progress')).toBeUndefined();
});
