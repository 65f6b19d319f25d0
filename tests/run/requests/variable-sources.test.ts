import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import type {BoundCommand} from '../../../src/run/request.ts';
import {guardVariableSources} from '../../../src/run/requests/variable-sources.ts';

function guards(...texts: readonly string[]): readonly (readonly string[])[] {
  const commands = texts.map((text): BoundCommand => ({line: 1, text, captures: [], requires: [], optional: false}));
  return guardVariableSources(commands).map(({requires}) => requires.map(({sh}) => sh));
}

test('what a variable names is looked at before what it replaces is deleted', () => {
  expect(guards('rm -rf app; cp -r $B app')).toEqual([['[ -e "$B" ]']]);
  expect(guards('rm -rf app/', 'echo', 'sudo cp -a "${B}/app" app')).toEqual([['[ -e "${B}/app" ]'], [], []]);
  expect(guards('rm -rf app', 'mv ../bak.$DAY app')).toEqual([['[ -e "../bak.$DAY" ]'], []]);
});

test('what has nothing to do with it is left alone', () => {
  expect(guards('rm -rf cache', 'cp -r $B app')).toEqual([[], []]);
  expect(guards('rm -rf app', 'cp -r ../bak app')).toEqual([[], []]);
  expect(guards('rm -rf app', 'cp -r "$(ls -t ../bak | head -1)" app')).toEqual([[], []]);
});

test('an empty variable proves nothing', () => {
  const [[proof = 'true'] = []] = guards('rm -rf app; cp -r $B app');
  expect(() => execFileSync('sh', ['-c', `B=; ${proof}`])).toThrow();
  expect(() => execFileSync('sh', ['-c', `B=/; ${proof}`])).not.toThrow();
});
