/** Reads expected failures: "Should fail", "Expected: connection refused", "relation does not exist is expected". */
import type {Check} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';

/**
 * The check for a command that should fail. It looks for the message that the document quotes or that programs print.
 */
export function failureCheck(said: string): Check {
  const quoted = /["“`]([^"“”`]+)["”`]/.exec(said)?.[1];
  const text = MESSAGE.exec(said)?.[0] ?? quoted;
  return text === undefined ? {kind: 'fails'} : {kind: 'fails', text: text.trim()};
}

/** The same where only the message is given and nothing says that it is a failure: "connection refused". */
export function messageCheck(said: string): Check | undefined {
  const bare = said.replace(/^(?:an?\s+)?["“`']?(?:error\b[:\s]*)?/i, '').replace(/["”`'.]+$/, '');
  const message = MESSAGE.exec(bare);
  if (message === null || message.index > 0 || bare.length > message[0].length + REST_MAX) return undefined;
  return {kind: 'fails', text: message[0].trim()};
}

/** What the text calls expected: the first part of "`connection refused` is expected here". */
export function textCalledExpected(text: string): string | undefined {
  return EXPECTED_BEHIND.exec(text)?.[1];
}

const REST_MAX = 30;
const EXPECTED_BEHIND = phrase`^(.{4,80}?)\s+${'is'}\s+${'expected'}\b`;
/** Messages of programs, which are English in documents of every language. */
const MESSAGE = new WordPattern(
  [
    String.raw`(?:relation|table|column|database|role|schema|function|type|user|index)\s+["'\x60]?[\w.$]+["'\x60]?\s+does not exist`,
    'does not exist',
    'connection (?:was )?(?:refused|reset|closed)(?: by peer)?',
    '(?:permission|access) denied',
    'no such (?:file or directory|file|container|host|service|table|column)',
    'command not found',
    'could not (?:connect|resolve(?: host)?)',
    'no route to host',
    'unknown (?:column|table|database|host)',
    'duplicate key(?: value)?',
    'authentication failed',
    'syntax error',
  ]
    .map(one => String.raw`\b${one}\b`)
    .join('|'),
  'i',
);
