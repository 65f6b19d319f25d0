/** Reads what a client sent, believing nothing: only known fields of the right type get through. */

import type {Intent} from '../run/event.ts';
import {isRecord} from '../text/compact.ts';
import {type ClientMessage, PROTOCOL_VERSION} from './protocol.ts';

export type ClientMessageOrReason = {message: ClientMessage} | {reason: string};

const NAME_LENGTH_MAX = 64;
const TEXT_LENGTH_MAX = 64 * 1024;
const ANSWER_LENGTH_MAX = 4096;
const TEXTS_MAX = 10_000;

/** `text?` may be left out; `text|null` is there but may be null; `texts?` is a list. */
type Field = 'text' | 'text?' | 'text|null' | 'texts?' | 'flag' | 'flag?';

/** Every intent has its row, or this file does not compile. */
const INTENT_FIELDS: Readonly<Record<Intent['type'], Readonly<Record<string, Field>>>> = {
  'run-step': {stepId: 'text', override: 'text?', assumed: 'flag?'},
  'run-on': {on: 'flag'},
  tick: {stepId: 'text', note: 'text?', reason: 'text?'},
  cancel: {stepId: 'text'},
  skip: {stepId: 'text', reason: 'text'},
  fill: {stepId: 'text', blankId: 'text', value: 'text'},
  choose: {choiceId: 'text', armId: 'text'},
  note: {text: 'text', stepId: 'text?'},
  complain: {text: 'text?', ruleId: 'text?'},
  hold: {on: 'flag', because: 'text?'},
  'roll-back': {force: 'text?', anew: 'flag?'},
  'cancel-roll-back': {},
  dismiss: {ruleId: 'text', reason: 'text'},
  'pass-baton': {to: 'text|null', takeOver: 'flag?'},
  approve: {id: 'text'},
  'confirm-section': {sectionId: 'text', reading: 'text'},
  'reopen-section': {sectionId: 'text', doubtIds: 'texts?'},
  'change-use': {sectionId: 'text', use: 'text'},
  'set-place': {sectionId: 'text', place: 'text'},
  'settle-doubt': {doubtId: 'text', how: 'text', as: 'text?'},
  'write-incident': {},
  'send-issue': {},
  'hand-over': {note: 'text?', errors: 'texts?'},
  'take-hand-over': {id: 'text'},
  'sign-off': {status: 'text', name: 'text', issues: 'text?', notes: 'text?', answers: 'texts?'},
  countersign: {name: 'text', note: 'text?'},
  finish: {because: 'text', abort: 'flag'},
};

export function readClientMessage(line: Buffer): ClientMessageOrReason {
  const value = parse(line);
  if (value === undefined) return {reason: 'a message is one JSON object on one line'};
  switch (value['type']) {
    case 'hello':
      return readHello(value);
    case 'arrived':
      return readArrived(value);
    case 'intent':
      return readIntent(value);
    case 'answer':
      return readAnswer(value);
    default:
      return {reason: 'a message is of type hello, arrived, intent or answer'};
  }
}

type Fields = Readonly<Record<string, unknown>>;

function parse(line: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readHello({version, name, terminal, origin, observe}: Fields): ClientMessageOrReason {
  if (version !== PROTOCOL_VERSION) return {reason: `this engine speaks version ${PROTOCOL_VERSION} of the protocol`};
  if (typeof observe !== 'boolean') return {reason: 'hello needs observe'};
  return {
    message: {
      type: 'hello',
      version,
      observe,
      ...(typeof name === 'string' && shortText(name) !== '' && {name: shortText(name)}),
      ...(typeof terminal === 'string' && {terminal: shortText(terminal)}),
      ...(typeof origin === 'string' && {origin: shortText(origin)}),
    },
  };
}

function readArrived({failure}: Fields): ClientMessageOrReason {
  return {message: {type: 'arrived', ...(typeof failure === 'string' && {failure: safeText(failure)})}};
}

/** As JSON, from whom it may. */
export function readIntentText(text: string): {intent: Intent} | {reason: string} {
  const read = readIntent({id: 0, intent: parse(Buffer.from(text))});
  if ('reason' in read) return read;
  return read.message.type === 'intent' ? {intent: read.message.intent} : {reason: 'it is no intent'};
}

function readIntent({id, intent}: Fields): ClientMessageOrReason {
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return {reason: 'an intent needs a whole number as id'};
  if (!isRecord(intent) || typeof intent['type'] !== 'string') return {reason: 'an intent needs a type'};
  const {type} = intent;
  if (!Object.hasOwn(INTENT_FIELDS, type)) return {reason: `there is no intent ${shortText(type)}`};
  const checked: Record<string, unknown> = {type};
  for (const [name, field] of Object.entries(INTENT_FIELDS[type as Intent['type']])) {
    const value = intent[name];
    if (value === undefined && field.endsWith('?')) continue;
    if (!fits(value, field)) return {reason: `${name} of the intent ${type} is missing or of the wrong type`};
    checked[name] = Array.isArray(value) ? value.map(safeText) : typeof value === 'string' ? safeText(value) : value;
  }
  return {message: {type: 'intent', id, intent: checked as Intent}};
}

/** Taken as it is, or not at all: a password may hold any sign that can be typed on one line. */
function readAnswer({id, questionId, text}: Fields): ClientMessageOrReason {
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return {reason: 'an answer needs a whole number as id'};
  if (typeof questionId !== 'string') return {reason: 'an answer needs the id of its question'};
  if (text === undefined) return {message: {type: 'answer', id, questionId}};
  if (typeof text !== 'string' || text.length > ANSWER_LENGTH_MAX || /[\0\r\n]/.test(text)) {
    return {reason: `an answer is one line of at most ${ANSWER_LENGTH_MAX} characters`};
  }
  return {message: {type: 'answer', id, questionId, text}};
}

function fits(value: unknown, field: Field): boolean {
  if (field === 'flag' || field === 'flag?') return typeof value === 'boolean';
  if (field === 'text|null' && value === null) return true;
  if (field === 'texts?')
    return Array.isArray(value) && value.length <= TEXTS_MAX && value.every(one => fits(one, 'text'));
  return typeof value === 'string' && value.length <= TEXT_LENGTH_MAX;
}

/** It will stand on other people's screens: no control characters but line feed and tab. */
function safeText(text: string): string {
  return text.toWellFormed().replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, '');
}

function shortText(text: string): string {
  return safeText(text)
    .replace(/[\n\t]/g, ' ')
    .slice(0, NAME_LENGTH_MAX)
    .trim();
}
