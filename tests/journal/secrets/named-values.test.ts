import {expect, test} from 'vitest';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {createIngest} from '../../../src/journal/spool/ingest.ts';

const hidden = (text: string) => createRedactor([]).output(text);

test.each([
  ['API_TOKEN=tok-4f9a', 'API_TOKEN=[redacted]'],
  ['export DB_PASSWORD="with space"; next', 'export DB_PASSWORD="[redacted]"; next'],
  ['{"STRIPE_SECRET_KEY": "sk_live_1", "PORT": 1}', '{"STRIPE_SECRET_KEY": "[redacted]", "PORT": 1}'],
  ['user=joe password=hunter22 ok', 'user=joe password=[redacted] ok'],
  ['at postgres://app:s3cr3t@db/x', 'at postgres://app:[redacted]@db/x'],
  ['MONKEY_TOKEN=tok-4f9a', 'MONKEY_TOKEN=[redacted]'],
  ['MYSQL_PASSWD=hunter22', 'MYSQL_PASSWD=[redacted]'],
  ['GIT_CREDENTIALS=hunter22', 'GIT_CREDENTIALS=[redacted]'],
  ['> Authorization: Bearer abc.def.ghi', '> Authorization: Bearer [redacted]'],
  ['AUTHORIZATION: BASIC YWRtaW46aHVudGVyMg==', 'AUTHORIZATION: BASIC [redacted]'],
])('a secret is known by where it stands, and bulk output with one is not let pass unread: %s', (text, shown) => {
  expect(hidden(text)).toBe(shown);
  expect(
    createRedactor([])
      .stream()
      .passes(Buffer.from(`${text}\n`)),
  ).toBe(false);
});

test.each([
  'PRIMARY KEY (id)',
  'KEY=1',
  'grep API_TOKEN= .env',
  'export API_TOKEN=$TOKEN',
  'API_TOKEN=<your-token>',
  'see https://example.com/a:b',
  'MONKEY business',
  'KEYBOARD_LAYOUT=german VIRTUAL_KEYBOARD=qwertz',
  'THE_MONKEY=caesar',
])('what is none stays as it is: %s', text => {
  expect(hidden(text)).toBe(text);
});

test('what was shown behind its name is hidden where it stands alone, before and after', () => {
  const redactor = createRedactor([]);
  expect(redactor.output('bad tok-4f9a8b7c6d5e; API_TOKEN=tok-4f9a8b7c6d5e')).toBe(
    'bad [redacted]; API_TOKEN=[redacted]',
  );
  expect(redactor.text('tok-4f9a8b7c6d5e')).toBe('[redacted]');
});

test('an ordinary word behind such a name is not hidden everywhere', () => {
  const redactor = createRedactor([]);
  expect(redactor.output('SORT_KEY=name\nthe name of it')).toBe('SORT_KEY=[redacted]\nthe name of it');
});

test('names and values are found however a line arrives, in plain bytes too', () => {
  const text = Buffer.from('one\nAPI_TOKEN=tok-4f9a\ntwo\n');
  for (let at = 0; at <= text.length; at += 1) {
    const ingest = createIngest(createRedactor([]));
    const lines = [...ingest.write(text.subarray(0, at)), ...ingest.write(text.subarray(at)), ...ingest.end()];
    const kept = lines.map(({content}) => content.toString()).join('');
    expect(kept, `split at ${at}`).toBe('one\nAPI_TOKEN=[redacted]\ntwo\n');
  }
});

test('a variable of a shell is hidden by its name', () => {
  const exports = {DB_PASSWORD: 'x', db_password: 'y', COLOUR: 'blue', KEYBOARD: 'us'};
  expect(createRedactor([]).data({key: 'step-4', outcome: {exports}})).toEqual({
    key: 'step-4',
    outcome: {exports: {DB_PASSWORD: '[redacted]', db_password: '[redacted]', COLOUR: 'blue', KEYBOARD: 'us'}},
  });
});

test.each(['x', 'A', 'KEY', 'KEY="', '://', '://a:', 'password', 'Authorization: '])(
  'a hundred thousand times %s is read in one pass',
  piece => {
    const text = piece.repeat(100_000);
    const before = process.cpuUsage();
    expect(hidden(text).length).toBeGreaterThan(0);
    // Quadratic work on as much takes minutes, of this process alone.
    const {user, system} = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(10_000);
  },
);
