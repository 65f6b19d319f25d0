import {expect, test} from 'vitest';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {checkGroups} from '../../../src/plan/checks/groups.ts';

function said(yaml: string): string[] {
  const {bindings} = parseBindings(`tminus: 1\n${yaml}`, {file: '/srv/tminus.yaml', env: {}});
  return checkGroups(bindings).map(({severity, line, message}) => `${severity} ${line} ${message}`);
}

const web = 'hosts:\n  web: {inventory: hosts.ini, group: web}\n';

test('says what a group needs', () => {
  expect(said(web)).toEqual(['info 3 web is group web of hosts.ini: this machine needs ansible-core 2.14 or newer']);
  expect(said('hosts:\n  vps: deploy@vps\n')).toEqual([]);
});

test('says what is asked of one host and is on a group', () => {
  const one = 'and it is asked of one host';
  expect(
    said(`${web}logs:\n  app: {on: web, tail: /var/log/app}\nprobes:\n  memory: {on: web, rss: app}\n`).slice(1),
  ).toEqual([
    `error 5 log app is on web, which is a group of hosts, ${one}`,
    `error 7 probe memory is on web, which is a group of hosts, ${one}`,
  ]);
});
