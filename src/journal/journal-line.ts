/** One line of the journal: `{v, seq, at, by, events, sum}`. The sum chains over everything before it. */
import {createHash} from 'node:crypto';
import type {Event, Recorded} from '../run/event.ts';

/** Where a journal stands: its last event and the sum of its last line. */
export type Position = {seq: number; sum: string};

export const START: Position = {seq: 0, sum: ''};

/** `seq` is that of the first event; the others follow it by one. */
export type Decision = {seq: number; at: number; by: string; events: readonly Event[]};

export type Decoded = {decision: Decision; position: Position} | {problem: string};

const VERSION = 1;
const VERSION_LENGTH_MAX = 20;
const SUM_HEX_DIGITS = 32;
const SUM_TAIL = /,"sum":"([0-9a-f]{32})"\}$/;
const SUM_TAIL_LENGTH = `,"sum":""}`.length + SUM_HEX_DIGITS;

/** The line without its line feed, and where the journal stands after it. */
export function encodeLine(after: Position, decision: Decision): {line: string; position: Position} {
  const {seq, at, by, events} = decision;
  const body = JSON.stringify({v: VERSION, seq, at, by, events});
  const sum = checksum(after.sum, body);
  return {line: `${body.slice(0, -1)},"sum":"${sum}"}`, position: {seq: seq + events.length - 1, sum}};
}

/** The sum is taken over the bytes as they stand, so nothing depends on how JSON is written. */
export function decodeLine(after: Position, bytes: Buffer): Decoded {
  const version = /^\{"v":(\d{1,9}),/.exec(bytes.toString('latin1', 0, VERSION_LENGTH_MAX))?.[1];
  if (version !== undefined && Number(version) !== VERSION) {
    return {problem: `format version ${version}, of which this tminus knows nothing: it reads version ${VERSION}`};
  }
  const tail = SUM_TAIL.exec(bytes.toString('latin1', Math.max(0, bytes.length - SUM_TAIL_LENGTH)));
  if (tail === null) return {problem: 'the line does not end in a checksum'};
  const body = `${bytes.toString('utf8', 0, bytes.length - SUM_TAIL_LENGTH)}}`;
  const sum = checksum(after.sum, body);
  if (tail[1] !== sum) return {problem: 'the checksum does not match: the line, or one before it, was changed'};
  const decision = parseBody(body);
  if (decision === undefined) return {problem: `the line is not a decision of format version ${VERSION}`};
  if (decision.seq !== after.seq + 1)
    return {problem: `event ${after.seq + 1} was due, the line begins at ${decision.seq}`};
  return {decision, position: {seq: decision.seq + decision.events.length - 1, sum}};
}

export function recordedEvents({seq, at, by, events}: Decision): Recorded[] {
  return events.map((event, index) => ({...event, seq: seq + index, at, by}));
}

function parseBody(body: string): Decision | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  return isDecision(value) ? value : undefined;
}

function isDecision(value: unknown): value is Decision {
  if (typeof value !== 'object' || value === null) return false;
  const {v, seq, at, by, events} = value as Record<'v' | 'seq' | 'at' | 'by' | 'events', unknown>;
  if (v !== VERSION || !Number.isSafeInteger(seq) || !Number.isFinite(at) || typeof by !== 'string') return false;
  return Array.isArray(events) && events.length > 0 && events.every(isEvent);
}

function isEvent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function checksum(before: string, body: string): string {
  return createHash('sha256').update(before).update(body).digest('hex').slice(0, SUM_HEX_DIGITS);
}
