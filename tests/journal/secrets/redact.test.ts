import {expect, test} from 'vitest';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';

const TEXT = 'url=postgres://app:s3cr3t-pw@db/x key=AKIA-hunter2-hunter2 end s3cr3t-p s3cr3t-pw';
const SECRETS = ['s3cr3t-pw', 'hunter2', 'AKIA-hunter2'];
const EXPECTED = 'url=postgres://app:[redacted]@db/x key=[redacted]-[redacted] end s3cr3t-p [redacted]';

test('every secret is replaced, the longest where several begin', () => {
  expect(createRedactor(SECRETS).text(TEXT)).toBe(EXPECTED);
});

test('a secret is found wherever the text is split in two', () => {
  for (let at = 0; at <= TEXT.length; at += 1) {
    const stream = createRedactor(SECRETS).stream();
    expect(stream.write(TEXT.slice(0, at)) + stream.write(TEXT.slice(at)) + stream.end(), `split at ${at}`).toBe(
      EXPECTED,
    );
  }
});

test('a secret is found in text that arrives one character at a time', () => {
  const stream = createRedactor(SECRETS).stream();
  expect([...TEXT].map(char => stream.write(char)).join('') + stream.end()).toBe(EXPECTED);
});

test('only what may be the beginning of a secret is held back', () => {
  const stream = createRedactor(['password']).stream();
  expect(stream.write('a pass')).toBe('a ');
  expect(stream.write('port ')).toBe('passport ');
  expect(stream.write('passw')).toBe('');
  expect(stream.end()).toBe('passw');
});

test('secrets that overlap are covered whole', () => {
  const redactor = createRedactor(['abcdef', 'defghi', 'ghijkl']);
  expect(redactor.text('-abcdefghijkl-')).toBe('-[redacted]-');
  expect(redactor.text('-abcdefghi-')).toBe('-[redacted]-');
});

test('values of fewer than four characters are left alone', () => {
  expect(createRedactor(['abc', '']).text('abc abc')).toBe('abc abc');
});

test('every string inside plain data is redacted, keys and numbers stay', () => {
  const data = {list: ['hunter2', 7, null], nested: {hunter2: 'x hunter2 y'}, on: true};
  expect(createRedactor(['hunter2']).data(data)).toEqual({
    list: ['[redacted]', 7, null],
    nested: {hunter2: 'x [redacted] y'},
    on: true,
  });
});

test('however text is split, streaming gives what redacting it whole gives', () => {
  const random = seededRandom(7);
  for (let round = 0; round < 3000; round += 1) {
    const word = (length: number) => Array.from({length}, () => random.pick(['a', 'b'])).join('');
    const redactor = createRedactor([word(4), word(4 + random.below(4)), word(5)]);
    const text = word(random.below(60));
    const stream = redactor.stream();
    let out = '';
    for (let at = 0; at < text.length; ) {
      const length = 1 + random.below(9);
      out += stream.write(text.slice(at, at + length));
      at += length;
    }
    expect(out + stream.end()).toBe(redactor.text(text));
  }
});

test('nothing that is left over contains a secret', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 2000; round += 1) {
    const word = (length: number) => Array.from({length}, () => random.pick(['a', 'b', 'c'])).join('');
    const secrets = [word(4), word(5), word(6)];
    const left = createRedactor(secrets).text(word(80)).split('[redacted]');
    expect(left.some(piece => secrets.some(secret => piece.includes(secret)))).toBe(false);
  }
});

test('a secret that becomes known later is found from then on, also in a stream that is under way', () => {
  const redactor = createRedactor([]);
  const stream = redactor.stream();
  expect(stream.write('before p@ss word ')).toBe('before p@ss word ');
  redactor.add('p@ss word');
  expect(stream.write('then p@ss') + stream.write(' word and p%40ss%20word') + stream.end()).toBe(
    'then [redacted] and [redacted]',
  );
  expect(redactor.text('it was p@ss word')).toBe('it was [redacted]');
});

/** As `grep --color` marks `hunter` in it. */
const COLOURED = 'key \u001B[35mis\u001B[m AKIA-\u001B[01;31mhunter\u001B[m2 \u001B[1mend';

test('a secret is found although colours stand within it, and what follows keeps its colour', () => {
  const hidden = 'key \u001B[35mis\u001B[m [redacted]\u001B[01;31m\u001B[m \u001B[1mend';
  expect(createRedactor(['AKIA-hunter2']).text(COLOURED)).toBe(hidden);
});

test('colours within a secret are seen through wherever the text is split, between sequences', () => {
  const whole = createRedactor(SECRETS).text(COLOURED);
  for (let at = 0; at <= COLOURED.length; at += 1) {
    if (/\u001B[^m]*$/.test(COLOURED.slice(0, at))) continue;
    const stream = createRedactor(SECRETS).stream();
    const pieces = [stream.write(COLOURED.slice(0, at)), stream.write(COLOURED.slice(at)), stream.end()].join('');
    expect(pieces.replaceAll(/\u001B\[[\d;]*m/g, ''), `split at ${at}`).toBe(whole.replaceAll(/\u001B\[[\d;]*m/g, ''));
    expect(pieces).not.toMatch(/hunter|AKIA/);
  }
});

test('however secrets, colours and splits fall, what is seen is what is seen without colours', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 3000; round += 1) {
    const word = (length: number) => Array.from({length}, () => random.pick(['a', 'b'])).join('');
    const redactor = createRedactor([word(4), word(4 + random.below(4)), word(5)]);
    const text = word(random.below(40));
    const colour = () => (random.below(4) === 0 ? random.pick(['\u001B[31m', '\u001B[m', '\u001B[0;1m']) : '');
    const stream = redactor.stream();
    const pieces = [...text].map(sign => stream.write(colour() + sign + colour()));
    const seen = (pieces.join('') + stream.end()).replaceAll(/\u001B\[[\d;]*m/g, '');
    expect(seen).toBe(redactor.text(text));
  }
});

test('a value that only its name shows to be a secret is hidden also in colours', () => {
  const line =
    '\u001B[35m.env\u001B[m:API_\u001B[01;31mTOKEN\u001B[m=abcd\u001B[1mefgh1234\u001B[m\nnext \u001B[1mbold\u001B[m';
  const redactor = createRedactor([]);
  expect(redactor.output(line)).toBe('.env:API_TOKEN=[redacted]\nnext \u001B[1mbold\u001B[m');
});

test('bytes do not pass with a secret in them, whatever signs it is made of, nor with the beginning of one at their end', () => {
  const secret = String.raw`a.b*c+(d)[e]{2}|^$\f?-/`;
  const redactor = createRedactor(['hunter2']);
  const stream = redactor.stream();
  expect(stream.passes(Buffer.from(`a line with ${secret}\n`))).toBe(true);
  redactor.add(secret);
  expect(stream.passes(Buffer.from(`a line with ${secret}\n`))).toBe(false);
  expect(stream.passes(Buffer.from(`a line with ${secret.slice(0, 9)}`))).toBe(false);
  expect(stream.passes(Buffer.from('a line with hunter2\n'))).toBe(false);
  expect(stream.passes(Buffer.from('abbbc a line with none\n'))).toBe(true);
});
