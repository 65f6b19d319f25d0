import {EventEmitter} from 'node:events';
import xterm from '@xterm/headless';
import {expect, test} from 'vitest';
import {FrameOutput} from '../../../src/ui/terminal/frame-output.ts';

class Terminal extends EventEmitter {
  columns = 20;
  rows = 3;
  writes: string[] = [];
  pending: (() => void)[] = [];
  slow = false;

  write(text: string, done?: (error?: Error | null) => void): boolean {
    this.writes.push(text);
    if (this.slow) this.pending.push(() => done?.());
    else done?.();
    return true;
  }
}

const opened = (page = '') => {
  const terminal = new Terminal();
  return {terminal, output: new FrameOutput(terminal, {sync: true, page})};
};

async function shownBy(terminal: Terminal): Promise<string[]> {
  const screen = new xterm.Terminal({cols: terminal.columns, rows: terminal.rows, allowProposedApi: true});
  await new Promise<void>(resolve => screen.write(terminal.writes.join(''), resolve));
  return Array.from({length: terminal.rows}, (_, y) => screen.buffer.active.getLine(y)?.translateToString(true) ?? '');
}

test('a frame is one synchronised write', () => {
  const {terminal, output} = opened();
  output.write('one\ntwo\nthree');
  expect(terminal.writes).toHaveLength(1);
  expect(terminal.writes[0]).toMatch(/^\u001B\[\?2026h[\s\S]*\u001B\[\?2026l$/);
});

test('without sync no synchronised update is asked for', () => {
  const terminal = new Terminal();
  new FrameOutput(terminal, {sync: false, page: ''}).write('one\ntwo\nthree');
  expect(terminal.writes.join('')).not.toContain('2026');
});

test('only the cells that changed are written again', async () => {
  const {terminal, output} = opened();
  output.write('T+00:00:01  ready\ntwo\nthree');
  output.write('T+00:00:02  ready\ntwo\nthree');
  const second = terminal.writes[1] ?? '';
  expect(second).toContain('\u001B[1;10H');
  expect(second).not.toContain('ready');
  expect(second).not.toContain('two');
  expect(await shownBy(terminal)).toEqual(['T+00:00:02  ready', 'two', 'three']);
});

test('a row is painted over, sign by sign, and stays so until Ink draws another there', async () => {
  const {terminal, output} = opened();
  const [row, later] = ['\u001B[1mT+01\u001B[22m  ready', '\u001B[1mT+02\u001B[22m  ready'];
  output.write(`${row}\ntwo\nthree`);
  // However the same picture is written.
  expect(output.paintRows(0, [`\u001B[0;1mT+01\u001B[0m  ready   `], [later])).toBe(true);
  expect(terminal.writes[1]).toContain('\u001B[1;4H');
  expect(terminal.writes[1]).not.toMatch(/ready|two/);
  output.write(`${row}\nTWO\nthree`);
  expect(await shownBy(terminal)).toEqual(['T+02  ready', 'TWO', 'three']);
  output.repaint();
  expect(await shownBy(terminal)).toEqual(['T+02  ready', 'TWO', 'three']);
  output.write('over it\nTWO\nthree');
  output.write(`${row}\nTWO\nthree`);
  expect(await shownBy(terminal)).toEqual(['T+01  ready', 'TWO', 'three']);
});

test('what is not in view just there is not painted', () => {
  const {terminal, output} = opened();
  expect(output.paintRows(0, ['one'], ['1'])).toBe(false);
  output.write('one\ntwo\nthree');
  for (const [top, drawn] of [
    [0, ['two']],
    [0, ['\u001B[1mone\u001B[22m']],
    [0, ['one and more']],
    [2, ['three', '']],
    [3, ['']],
  ] as const) {
    expect(output.paintRows(top, drawn, drawn)).toBe(false);
  }
  expect(output.paintRows(0, ['one'], ['1', '2'])).toBe(false);
  terminal.emit('resize');
  expect(output.paintRows(0, ['one'], ['1'])).toBe(false);
  output.leave();
  expect(output.paintRows(0, ['one'], ['1'])).toBe(false);
  expect(terminal.writes).toHaveLength(1);
});

test('while a write is not taken, what is painted waits with the newest frame', async () => {
  const {terminal, output} = opened();
  terminal.slow = true;
  output.write('1\nb\nc');
  output.write('1\nB\nc');
  expect(output.paintRows(0, ['1'], ['2'])).toBe(true);
  terminal.pending.shift()?.();
  expect(terminal.writes).toHaveLength(2);
  expect(await shownBy(terminal)).toEqual(['2', 'B', 'c']);
});

test('an unchanged frame writes nothing', () => {
  const {terminal, output} = opened();
  output.write('a\nb\nc');
  output.write('a\nb\nc');
  expect(terminal.writes).toHaveLength(1);
});

test('what Ink erases with is not sent to the terminal', () => {
  const {terminal, output} = opened();
  output.write('\u001B[?2026h');
  output.write('\u001B[2K\u001B[1A\u001B[2K\u001B[1A\u001B[2K\u001B[Ga\nb\nc');
  output.write('\u001B[?2026l');
  expect(terminal.writes).toHaveLength(1);
  expect(terminal.writes[0]).not.toContain('\u001B[2K');
});

test('a frame of another height than the terminal is ignored', () => {
  const {terminal, output} = opened();
  output.write('a\nb');
  output.write('a\nb\nc\nd');
  expect(terminal.writes).toEqual([]);
});

test('while a write is not taken, only the newest frame waits', async () => {
  const {terminal, output} = opened();
  terminal.slow = true;
  output.write('1\nb\nc');
  for (let frame = 2; frame <= 50; frame++) output.write(`${frame}\nb\nc`);
  expect(terminal.writes).toHaveLength(1);
  terminal.pending.shift()?.();
  expect(terminal.writes).toHaveLength(2);
  expect(await shownBy(terminal)).toEqual(['50', 'b', 'c']);
});

test('after a resize every row is written again', async () => {
  const {terminal, output} = opened();
  output.write('a\nb\nc');
  terminal.rows = 2;
  terminal.emit('resize');
  output.write('a\nb');
  expect(terminal.writes.at(-1)).toContain('\u001B[1;1H');
  expect(terminal.writes.at(-1)).toContain('\u001B[2;1H');
});

test('a mode that leaves the picture alone does not have it drawn again', () => {
  const {terminal, output} = opened();
  output.write('a\nb\nc');
  output.write('\u001B[?2004h');
  output.write('a\nb\nd');
  expect(terminal.writes[1]).toBe('\u001B[?2004h');
  expect(terminal.writes[2]).not.toContain('\u001B[1;1H');
});

test('on another screen everything is drawn again', () => {
  const {terminal, output} = opened();
  output.write('a\nb\nc');
  output.write('\u001B[?1049h');
  output.write('a\nb\nc');
  expect(terminal.writes[1]).toBe('\u001B[?1049h\u001B[?7l');
  expect(terminal.writes[2]).toContain('\u001B[1;1H');
});

test('after leaving nothing is written any more', () => {
  const {terminal, output} = opened();
  output.leave();
  output.write('a\nb\nc');
  output.pass('\u0007');
  expect(terminal.writes).toEqual([]);
});

test('a row as wide as the terminal keeps its last cell', async () => {
  const {terminal, output} = opened();
  output.write(`${'x'.repeat(19)}E\nb\nc`);
  expect((await shownBy(terminal))[0]).toBe(`${'x'.repeat(19)}E`);
});

test('a shorter row leaves nothing of the longer one behind', async () => {
  const {terminal, output} = opened();
  output.write('a long old row\nb\nc');
  output.write('short\nb\nc');
  expect((await shownBy(terminal))[0]).toBe('short');
});

test('a wide character is replaced as a whole', async () => {
  const {terminal, output} = opened();
  output.write('漢字 x\nb\nc');
  output.write('漢語 x\nb\nc');
  expect((await shownBy(terminal))[0]).toBe('漢語 x');
});

test('colours that end fall back to the page, not to the terminal', () => {
  const {terminal, output} = opened('38;2;1;1;1;48;2;2;2;2');
  output.write('\u001B[31mred\u001B[39m plain\nb\nc');
  expect(terminal.writes[0]).toContain('\u001B[38;2;1;1;1m plain');
});
