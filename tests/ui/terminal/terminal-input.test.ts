import {once} from 'node:events';
import {PassThrough} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Key} from 'ink';
import {expect, test} from 'vitest';
import {filterReplies, splitKeys} from '../../../src/ui/terminal/terminal-input.ts';

const plain = {} as Key;
const names = (input: string, key: Partial<Key> = {}) => splitKeys(input, {...plain, ...key}).map(({name}) => name);

async function through(...chunks: string[]): Promise<string> {
  const input = new PassThrough();
  const output = filterReplies(input);
  let text = '';
  output.on('data', (chunk: string) => {
    text += chunk;
  });
  for (const chunk of chunks) {
    input.write(chunk);
    await sleep(1);
  }
  await sleep(1);
  output.stop();
  return text;
}

test('a held key is taken apart', () => {
  expect(names('jjj')).toEqual(['j', 'j', 'j']);
});

test('Enter behind another key is seen', () => {
  expect(names('G\r')).toEqual(['G', 'enter']);
});

test('what belongs together stays together', () => {
  expect(names('é👩‍🚀漢')).toEqual(['é', '👩‍🚀', '漢']);
});

test('special keys have names', () => {
  expect(names('', {upArrow: true})).toEqual(['up']);
  expect(names('', {tab: true, shift: true})).toEqual(['shift+tab']);
  expect(names('r', {ctrl: true})).toEqual(['ctrl+r']);
  expect(names('x', {meta: true})).toEqual(['alt+x']);
  expect(names(' ')).toEqual(['space']);
});

test('what the terminal answers is not typed', async () => {
  expect(await through('a\u001B]11;rgb:1111/2222/3333\u001B\\b')).toBe('ab');
  expect(await through('\u001B[?62;22c\u001B[12;40R\u001B[I\u001B[<0;10;10Mj')).toBe('j');
  expect(await through('\u001BP>|tmux 3.4\u001B\\k')).toBe('k');
});

test('an answer cut in two is still not typed', async () => {
  expect(await through('x\u001B]11;rgb:11', '11/2222/3333\u0007R')).toBe('xR');
  expect(await through('\u001B[?62;', '22cR')).toBe('R');
});

test('keys that look like the start of an answer are not swallowed', async () => {
  const input = new PassThrough();
  const output = filterReplies(input);
  let text = '';
  output.on('data', (chunk: string) => {
    text += chunk;
  });
  input.write('\u001BP');
  await expect.poll(() => text).toBe('\u001BP');
  input.write('R');
  await expect.poll(() => text).toBe('\u001BPR');
  output.stop();
});

test('arrows, pastes and letters pass untouched', async () => {
  const typed = '\u001B[A\u001B[200~R q\u001B[201~é';
  expect(await through(typed)).toBe(typed);
});

test('a click in the middle of the screen presses neither Space nor R', async () => {
  // Left button, column 50, row 50; and its release.
  expect(await through('\u001B[M RR\u001B[M#RR')).toBe('');
  expect(await through('\u001B', '[', 'M', ' ', 'R', 'R', 'j')).toBe('j');
});

test('the rest of a report that is late is still no key', async () => {
  const input = new PassThrough();
  const output = filterReplies(input);
  let text = '';
  output.on('data', (chunk: string) => {
    text += chunk;
  });
  input.write('\u001B[M ');
  await sleep(300);
  input.write('RRj');
  await expect.poll(() => text).toBe('j');
  output.stop();
});

test('a report that never ends does not make the keyboard dead', async () => {
  const input = new PassThrough();
  const output = filterReplies(input);
  let text = '';
  output.on('data', (chunk: string) => {
    text += chunk;
  });
  input.write('\u001B]52;c;');
  await expect
    .poll(
      () => {
        input.write('R');
        return text;
      },
      {timeout: 60_000, interval: 100},
    )
    .toContain('R');
  output.stop();
});

test('Esc alone is a key after a moment', async () => {
  const input = new PassThrough();
  const output = filterReplies(input);
  let text = '';
  output.on('data', (chunk: string) => {
    text += chunk;
  });
  input.write('\u001B');
  await expect.poll(() => text).toBe('\u001B');
  output.stop();
});

test('a character cut in two arrives whole', async () => {
  const input = new PassThrough();
  const output = filterReplies(input);
  const bytes = Buffer.from('漢');
  let text = '';
  output.on('data', (chunk: string) => {
    text += chunk;
  });
  input.write(bytes.subarray(0, 1));
  await sleep(1);
  input.write(bytes.subarray(1));
  await expect.poll(() => text).toBe('漢');
  output.stop();
});

test('a paste that was broken off does not make the keyboard dead: Esc or Ctrl-C alone ends it', async () => {
  for (const key of ['\u001B', '\u0003']) {
    const input = new PassThrough();
    let hints = 0;
    const output = filterReplies(
      input,
      () => {},
      () => {},
      () => hints++,
    );
    const passed = once(output, 'data');
    input.write('\u001B[200~systemctl rest');
    await passed;
    const typed = once(output, 'data');
    input.write('R');
    expect(String(await typed)).toBe('R');
    expect(hints).toBe(1);
    const ended = once(output, 'data');
    input.write(key);
    expect(String(await ended)).toBe('\u001B[201~');
    const after = once(output, 'data');
    input.write('R');
    expect(String(await after)).toBe('R');
    expect(hints).toBe(1);
    output.stop();
  }
});

test('the end of a paste may come in pieces, and what a paste holds does not end it', async () => {
  expect(await through('\u001B[200~a', '\u001B', '[201~b')).toBe('\u001B[200~a\u001B[201~b');
  expect(await through('\u001B[200~a\u0003', 'b\u0003c', '\u001B[201~')).toBe('\u001B[200~a\u0003b\u0003c\u001B[201~');
});
