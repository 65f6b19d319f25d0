import {Writable} from 'node:stream';
import {expect, test} from 'vitest';
import {progressLine} from '../../../src/commands/terminal/progress-line.ts';

function terminal(isTTY: boolean) {
  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  return {stream: Object.assign(stream, {isTTY, columns: 60}) as unknown as NodeJS.WriteStream, written: () => written};
}

test('one line says what is awaited, and is gone in the end', async () => {
  const {stream, written} = terminal(true);
  const progress = progressLine(stream);
  const first = Promise.withResolvers<void>();
  const all = [progress.of('host vps', first.promise), progress.of('database main', Promise.resolve())];
  await all[1];
  expect(written()).toContain('1/2 proved, waiting for host vps');
  first.resolve();
  await all[0];
  progress.end();
  expect(written()).not.toContain('\n');
  expect(written().endsWith('\r\u001b[K')).toBe(true);
});

test('it makes room for a question', async () => {
  const {stream, written} = terminal(true);
  const progress = progressLine(stream);
  const waiting = Promise.withResolvers<void>();
  const work = progress.of('host vps', waiting.promise);
  await progress.away(async () => {
    const before = written();
    expect(before.endsWith('\r\u001b[K')).toBe(true);
    await progress.of('log app', Promise.resolve());
    expect(written()).toBe(before);
  });
  expect(written()).toMatch(/waiting for host vps$/);
  waiting.resolve();
  await work;
});

test('a pipe sees none of it', async () => {
  const {stream, written} = terminal(false);
  const progress = progressLine(stream);
  await progress.of('host vps', Promise.resolve());
  progress.end();
  expect(written()).toBe('');
});
