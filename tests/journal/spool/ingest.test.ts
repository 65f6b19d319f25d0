import {expect, test} from 'vitest';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {countPlainLines, createIngest} from '../../../src/journal/spool/ingest.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';

const REDACTOR = createRedactor(['hunter2', 'hunter2-long']);

function ingested(chunks: readonly (Buffer | string)[]): {text: string; count: number} {
  const ingest = createIngest(REDACTOR);
  const parts = [...chunks.flatMap(chunk => ingest.write(chunk)), ...ingest.end()];
  return {
    text: parts.map(({content}) => content.toString()).join(''),
    count: parts.reduce((sum, {count}) => sum + count, 0),
  };
}

test('bytes that may be kept as they are make the same lines as text that is looked at closely', () => {
  const random = seededRandom(21);
  const pieces = [
    'plain ',
    'line\n',
    'two\nlines\n',
    '\x1b[31mred\x1b[0m',
    '\x1b]0;t',
    '\x07',
    'hunter2',
    'hun',
    'ter2-',
    'long',
    '\r',
    '\t',
    'größe',
    '€',
    '\n',
    '\x7f',
  ];
  for (let round = 0; round < 5000; round += 1) {
    const text = Array.from({length: random.below(30)}, () => random.pick(pieces)).join('');
    const bytes = Buffer.from(text);
    const chunks: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + random.below(40);
      chunks.push(bytes.subarray(at, at + length));
      at += length;
    }
    const expected = ingested([text]);
    expect(ingested(chunks), JSON.stringify(text)).toEqual(expected);
    expect(expected.text.split('\n').length - 1).toBe(expected.count);
    expect(expected.text).not.toContain('hunter2');
  }
});

test('a character that was begun and never finished is replaced where it stood', () => {
  expect(ingested([Buffer.from([0x61, 0xe2, 0x82]), Buffer.from('bc\nplain\n')])).toEqual({
    text: 'a\ufffdbc\nplain\n',
    count: 2,
  });
});

test('plain bytes are known as such wherever they stand in memory', () => {
  const plain = Buffer.from('one line\nand another, ~!\nunfinished');
  for (let offset = 0; offset < 8; offset += 1) {
    const moved = Buffer.concat([Buffer.alloc(offset), plain]).subarray(offset);
    expect(countPlainLines(moved, 100)).toBe(2);
    for (let at = 0; at < plain.length; at += 1) {
      for (const foreign of [0x00, 0x09, 0x0d, 0x1b, 0x1f, 0x7f, 0x80, 0x9b, 0xff]) {
        const mixed = Buffer.concat([Buffer.alloc(offset), plain]).subarray(offset);
        mixed[at] = foreign;
        expect(countPlainLines(mixed, 100), `${foreign} at ${at}`).toBeUndefined();
      }
    }
  }
});

test('a line that is too long is not plain, whether it ends or not', () => {
  expect(countPlainLines(Buffer.from('12345\n12345\n'), 5)).toBe(2);
  expect(countPlainLines(Buffer.from('12345\n123456\n'), 5)).toBeUndefined();
  expect(countPlainLines(Buffer.from('12345\n123456'), 5)).toBeUndefined();
  expect(countPlainLines(Buffer.alloc(0), 5)).toBe(0);
});
