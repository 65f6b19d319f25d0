import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {bindText} from '../../../src/plan/shell/placeholders.ts';
import {initialState} from '../../../src/run/evolve.ts';
import {engineLookup} from '../../../src/run/requests/lookups.ts';

const bindings = {
  ...emptyBindings,
  hosts: {
    vps: {matches: ['user@your-vps-ip'], destination: 'deploy@203.0.113.7', line: 1},
    desk: {matches: ['workstation', 'production'], destination: 'local', line: 2},
  },
};

function bound(text: string): string {
  return bindText(text, engineLookup(bindings, initialState), 'plain').text;
}

test('a destination that the document writes in a command becomes the real one', () => {
  expect(bound('scp build.tgz user@your-vps-ip:/srv')).toBe('scp build.tgz deploy@203.0.113.7:/srv');
});

test('a host known by a plain word leaves directories and branches of that name alone', () => {
  expect(bound('/tmp/box/workstation/app')).toBe('/tmp/box/workstation/app');
  expect(bound('git push origin production')).toBe('git push origin production');
});
