import {expect, test} from 'vitest';
import {initialState} from '../../../src/run/evolve.ts';
import type {HostVerdict} from '../../../src/run/outcome.ts';
import type {RunState} from '../../../src/run/state.ts';
import {commonPrint, hostList, hostListRow, printedOn} from '../../../src/ui/output/host-list.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {COLOURLESS, textWriter} from '../../../src/ui/widgets/themed-text.ts';
import {commands, script, smallPlan} from '../../run/build.ts';

const step = script('s', 'deploy', [commands('make')]);
const plan = smallPlan({steps: [step], groups: {vps: {}}});
const passed = (host: string, printed: string): HostVerdict => ({host, kind: 'passed', because: 'exit 0', printed});
const lines = ['── s', 'web1 | one', 'web2 | two', 'web1 | more | of it', '── s', 'web4 | four', 'web1 | is another'];
const read = (from: number, count: number) => lines.slice(from, from + count);

/** The first batch was `web1` and `web2`; the second, `web4` and `web5`, is under way. */
const state: RunState = {
  ...initialState,
  groups: {vps: {hosts: ['web1', 'web2', 'web3', 'web4', 'web5'], touched: []}},
  steps: {
    s: {
      status: 'running',
      attempt: 2,
      startedAt: 0,
      by: 'ana',
      outputFrom: 4,
      hosts: ['web4', 'web5'],
      earlier: [passed('web1', 'a'), passed('web2', 'b')].map(one => ({...one, lines: {from: 0, to: 4}})),
      ended: [{host: 'web4', kind: 'failed', because: 'exit 1', printed: 'a'}],
    },
  },
};

test('the hosts of a step are listed with what went wrong first, then who printed something else', () => {
  const hosts = hostList(plan, state, step);
  const writer = textWriter(COLOURLESS, glyphsFor(false), 60);
  expect(hosts.map(host => hostListRow(host, commonPrint(hosts), 5, writer).trimEnd())).toEqual([
    '✗ web4   failed, exit 1',
    '✓ web2   other output',
    '✓ web1',
    '◐ web5   running',
    '○ web3   not begun',
  ]);
});

test('what a host has printed is found among the lines of its own batch', () => {
  const on = (host: string) => printedOn({plan, state, step}, host, read, lines.length);
  expect(on('web1')).toEqual(['one', 'more | of it']);
  expect(on('web4')).toEqual(['four']);
  expect(on('web5')).toEqual([]);
});
