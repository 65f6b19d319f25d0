import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createRedactor} from '../../src/journal/secrets/redact.ts';
import {openSentLedger} from '../../src/journal/sent-requests.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

const redactor = createRedactor(['hunter22']);

test('a request that was sent is known by the next engine, with its answer when there was one', async () => {
  const directory = await temporaryDirectory();
  const first = openSentLedger<{body: string}>(directory, redactor);
  expect(first.find('a')).toBeUndefined();
  first.note('a');
  first.note('b');
  first.note('b', {body: 'is hunter22'});
  const next = openSentLedger<{body: string}>(directory, redactor);
  expect(next.find('a')).toBe('unanswered');
  expect(next.find('b')).toEqual({answer: {body: 'is [redacted]'}});
  expect(next.find('c')).toBeUndefined();
});

test('half a note means that it was sent', async () => {
  const directory = await temporaryDirectory();
  const ledger = openSentLedger(directory, redactor);
  ledger.note('a');
  await writeFile(join(directory, 'sent', 'a.json'), '{"answer": {"bo');
  expect(ledger.find('a')).toBe('unanswered');
});
