import {expect, test} from 'vitest';
import {PROMPTS, promptOf} from '../../../src/plan/shell/prompts.ts';

test.each([
  ['$ ls', {kind: 'shell', rest: 'ls'}],
  ['me@web:~/app$ ls -l', {kind: 'shell', rest: 'ls -l', name: 'me@web', directory: '~/app'}],
  ['root@web:/# ls', {kind: 'shell', rest: 'ls', name: 'root@web', directory: '/'}],
  ['[ops@web-1 app]$ ls', {kind: 'shell', rest: 'ls', name: 'ops@web-1'}],
  ['me@web:~$ ls', {kind: 'shell', rest: 'ls', name: 'me@web'}],
  ['rip01:/srv/x # ls', {kind: 'shell', rest: 'ls', name: 'rip01', directory: '/srv/x'}],
  ['shop=# SELECT 1;', {kind: 'sql', rest: 'SELECT 1;', name: 'shop'}],
  ['mysql> SELECT 1;', {kind: 'sql', rest: 'SELECT 1;', name: 'mysql'}],
  ['PS C:\\inetpub> Get-Service', {kind: 'powershell', rest: 'Get-Service'}],
  ['C:\\> iisreset', {kind: 'cmd', rest: 'iisreset'}],
  ['jump01$ uptime', {kind: 'shell', rest: 'uptime', name: 'jump01'}],
  ['ops@db1$ uptime', {kind: 'shell', rest: 'uptime', name: 'ops@db1'}],
  ['gw-b% uptime', {kind: 'shell', rest: 'uptime', name: 'gw-b'}],
  ['root@web# uptime', {kind: 'shell', rest: 'uptime', name: 'root@web'}],
  ['noc@r1.poz> configure', {kind: 'console', rest: 'configure', name: 'noc@r1.poz'}],
  ['noc@r1.poz# commit', {kind: 'console', rest: 'commit', name: 'noc@r1.poz'}],
  ['sbc-1# write memory', {kind: 'console', rest: 'write memory', name: 'sbc-1'}],
  ['RP/0/CPU0:r2(config)#commit', {kind: 'console', rest: 'commit', name: 'RP/0/CPU0:r2(config)'}],
  ['>>> 1 + 1', {kind: 'console', rest: '1 + 1', name: '>>>'}],
])('%j is asked for', (text, expected) => {
  expect(promptOf(text)).toEqual(expected);
});

test.each(PROMPTS)(
  '$example is read by a row of its kind, and no gate before it stops it',
  ({kind, example, prompt}) => {
    const rest = example.replace(prompt, '');
    expect(rest).not.toBe(example);
    expect(promptOf(example)).toMatchObject({kind, rest});
  },
);

test.each([
  '# a comment',
  '> quoted',
  'echo $HOME',
  'a > b',
  '$HOME/bin/x',
  'price: 5$ a',
  'me@example.net wrote',
  'a => b',
  'CPU% of the pods',
  'a price of 5$ each',
])('%j has no prompt', text => {
  expect(promptOf(text)).toBeUndefined();
});
