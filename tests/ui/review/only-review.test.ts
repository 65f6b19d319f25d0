import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {openConsole} from '../../../src/ui/open-console.tsx';
import {noColours} from '../draw-pane.tsx';
import {unreviewed} from './review-session.ts';

const FRAME_MS = 120;

function terminal() {
  let written = '';
  /** The raw mode of the terminal, and how much had been written to it before. */
  const modes: {raw: boolean; after: number}[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(raw: boolean) {
      modes.push({raw, after: written.length});
      return stdin;
    },
    ref: () => stdin,
    unref: () => stdin,
  });
  const stdout = Object.assign(new EventEmitter(), {
    fd: -1,
    columns: 160,
    rows: 45,
    write(text: string, done?: () => void) {
      written += text;
      done?.();
      return true;
    },
  });
  const type = async (bytes: string) => {
    stdin.write(bytes);
    await new Promise(resolve => setTimeout(resolve, FRAME_MS));
  };
  return {stdin, stdout, type, modes, written: () => written};
}

test('without a run it is the whole screen, R has nothing to roll back, and Esc leaves', async () => {
  const session = unreviewed();
  const {stdin, stdout, type, written} = terminal();
  const options = {theme: noColours, ascii: false, stdin, stdout, env: {}, now: () => session.clock.at};
  const left = openConsole(session, {...options, onlyReview: true});
  await type('');
  expect(written()).toContain('T-MINUS review');
  expect(written()).not.toContain('ROLLBACK NOT CONFIRMED');
  await type('R');
  expect(written()).toContain('outside a run there is nothing to roll back');
  session.clock.at += 1000;
  await type('\r');
  expect(session.sent.map(({type: kind}) => kind)).toEqual(['confirm-section']);
  await type('\u0007');
  await left;
});

test('the terminal itself writes no key into the picture, not even into the first', async () => {
  const session = unreviewed();
  const {stdin, stdout, type, modes} = terminal();
  const left = openConsole(session, {theme: noColours, ascii: false, stdin, stdout, env: {}, onlyReview: true});
  expect(modes[0]).toEqual({raw: true, after: 0});
  await type('q');
  await left;
  expect(modes.at(-1)?.raw).toBe(false);
});
