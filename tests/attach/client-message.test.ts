import {expect, test} from 'vitest';
import {readClientMessage} from '../../src/attach/client-message.ts';
import type {Intent} from '../../src/run/event.ts';

const read = (value: unknown) => readClientMessage(Buffer.from(JSON.stringify(value)));
const readIntent = (intent: unknown) => read({type: 'intent', id: 3, intent});

const INTENTS: readonly Intent[] = [
  {type: 'run-step', stepId: 'L1'},
  {type: 'run-step', stepId: 'L1', override: 'checked by hand'},
  {type: 'run-on', on: true},
  {type: 'tick', stepId: 'L1', note: 'seen', reason: 'by phone'},
  {type: 'cancel', stepId: 'L1'},
  {type: 'skip', stepId: 'L1', reason: 'not needed'},
  {type: 'fill', stepId: 'L1', blankId: 'L1.1', value: '2026-01-02'},
  {type: 'choose', choiceId: 'L1', armId: 'L1:b'},
  {type: 'note', text: 'two\nlines'},
  {type: 'complain'},
  {type: 'hold', on: false, because: 'wait'},
  {type: 'roll-back', force: 'the backup is known to be good'},
  {type: 'cancel-roll-back'},
  {type: 'dismiss', ruleId: 'r1', reason: 'known'},
  {type: 'pass-baton', to: null},
  {type: 'pass-baton', to: 'c2'},
  {type: 'pass-baton', to: 'c2', takeOver: true},
  {type: 'approve', id: 'A7'},
  {type: 'finish', because: 'done', abort: false},
];

test.for(INTENTS)('an intent comes through as it was meant: %j', intent => {
  expect(readIntent(intent)).toEqual({message: {type: 'intent', id: 3, intent}});
});

test.for([
  ['without a needed field', {type: 'skip', stepId: 'L1'}],
  ['with a number for text', {type: 'skip', stepId: 1, reason: 'x'}],
  ['with text for a flag', {type: 'run-on', on: 'true'}],
  ['with null for text', {type: 'tick', stepId: 'L1', note: null}],
  ['with an object for text', {type: 'note', text: {toString: 'x'}}],
  ['with a list', ['run-on', true]],
  ['named like a property of every object', {type: 'constructor'}],
  ['with a text that is too long', {type: 'note', text: 'x'.repeat(65_537)}],
])('an intent %s is refused with a reason', ([, intent]) => {
  expect(readIntent(intent)).toEqual({reason: expect.stringMatching(/\w/)});
});

test('fields that no intent has are left behind', () => {
  const message = Buffer.from(
    '{"type":"intent","id":1,"intent":{"type":"run-on","on":true,"by":"root","__proto__":{"at":1}}}',
  );
  expect(readClientMessage(message)).toEqual({message: {type: 'intent', id: 1, intent: {type: 'run-on', on: true}}});
});

test('an intent needs a whole number to be answered under', () => {
  expect(read({type: 'intent', id: 1.5, intent: {type: 'run-on', on: true}})).toHaveProperty('reason');
  expect(read({type: 'intent', id: '1', intent: {type: 'run-on', on: true}})).toHaveProperty('reason');
});

test('what will stand on other screens holds no control characters and is of bounded length', () => {
  expect(
    read({
      type: 'hello',
      version: 2,
      name: `an\x1b[31ma\n${'x'.repeat(500)}`,
      user: 'root',
      observe: true,
      terminal: '\x9bpts\n',
      origin: 7,
    }),
  ).toEqual({
    message: {type: 'hello', version: 2, name: `an[31ma ${'x'.repeat(56)}`, observe: true, terminal: 'pts'},
  });
  expect(readIntent({type: 'note', text: 'a\x1b]0;title\x07b\u202ec'})).toMatchObject({
    message: {intent: {text: 'a]0;titlebc'}},
  });
});
