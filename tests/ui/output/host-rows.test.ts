import {expect, test} from 'vitest';
import type {HostStand} from '../../../src/run/groups/on-each.ts';
import {hostRows} from '../../../src/ui/output/host-rows.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {COLOURLESS, textWriter} from '../../../src/ui/widgets/themed-text.ts';

function rows(hosts: readonly HostStand[], width = 60, ascii = false): readonly string[] {
  return hostRows(hosts, textWriter(COLOURLESS, glyphsFor(ascii), width));
}

function hosts(count: number, more: Readonly<Record<number, Partial<HostStand>>> = {}): readonly HostStand[] {
  return Array.from({length: count}, (_, index) => ({
    host: `web${index + 1}`,
    kind: 'passed',
    because: 'exit 0',
    printed: 'same',
    ...more[index + 1],
  }));
}

const mixed = hosts(24, {
  3: {kind: 'failed', because: 'exit 1 from line 4: make', printed: 'other'},
  17: {kind: 'unknown', because: 'unreachable: no route', printed: ''},
});

test('counts the hosts, draws each as a cell, and names those that did not pass', () => {
  expect(rows(mixed).slice(1)).toEqual([
    '22 ✓  1 ✗  1 ?',
    '✓✓✗✓✓✓✓✓✓✓ ✓✓✓✓✓✓?✓✓✓ ✓✓✓✓',
    '✗ web3: exit 1 from line 4: make',
    '? web17: unreachable: no route',
    'same output on 22 hosts; 2 differ: web3, web17',
  ]);
  expect(rows(mixed, 60, true)[2]).toBe('vvxvvvvvvv vvvvvv?vvv vvvv');
});

test('draws 500 hosts on a panel of 66 columns in nine rows of ten and ten', () => {
  const field = rows(hosts(500), 66).slice(2, -1);
  expect(field.length).toBe(9);
  expect(field.every(row => row.length <= 66)).toBe(true);
  expect(field.join('').replaceAll(' ', '').length).toBe(500);
});

test('says when every host printed something of its own', () => {
  const own = hosts(3, {1: {printed: 'a'}, 2: {printed: 'b'}, 3: {printed: 'c'}});
  expect(rows(own).at(-1)).toBe('no two hosts printed the same');
});

test('while it runs counts and draws the hosts on which it does, and where it has not begun', () => {
  const under = hosts(5, {4: {kind: 'running'}, 5: {kind: 'pending'}});
  expect(rows(under).slice(1)).toEqual(['3 ✓  1 ◐  1 ○', '✓✓✓◐○', 'same output on 3 hosts']);
});
