import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {playOn, type Told} from '../../../src/actions/group/ansible-task.ts';
import {hostsOfGroup} from '../../../src/actions/group/inventory.ts';
import {messageOf} from '../../../src/actions/link-error.ts';
import type {GroupBinding} from '../../../src/plan/bindings-file/types.ts';
import {ansibleMissing} from '../../helpers/group.ts';

const local = 'ansible_connection: local, ansible_python_interpreter: /usr/bin/python3';
/** A port is none of the name; what only looks like one is. */
const odd = ['web one', 'wéb2', '::1', 'a:b', 'x | y'];

const files: Readonly<Record<string, string>> = {
  'all/hosts.yaml': `web:\n  hosts:\n${odd.map(name => `    "${name.replace('::1', '[::1]:2222')}": {${local}}\n`).join('')}`,
  'all/script': '#!/bin/sh\necho \'{"db": {"hosts": ["db1", "db2"]}}\'\n',
  'all/z.constructed.yml': "plugin: constructed\nstrict: true\ngroups:\n  first: inventory_hostname.endswith('1')\n",
  'fails/hosts.ini': '[web]\nweb1\n',
  'fails/script': '#!/bin/sh\necho "the cloud does not answer" >&2\nexit 3\n',
  'no-json': '#!/bin/sh\necho hello\n',
  'no-plugin.yml': 'plugin: no.such.plugin\n',
  'broken.yml': 'web: {hosts: [}\n',
};

describe.skipIf(ansibleMissing)('the hosts of a group', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-inventory-'));

  beforeAll(() => {
    for (const folder of ['all', 'fails']) mkdirSync(join(root, folder));
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(root, name), text, {mode: text.startsWith('#!') ? 0o700 : 0o600});
    }
  });

  afterAll(() => rmSync(root, {recursive: true, force: true}));

  function group(inventory: string, name: string): GroupBinding {
    return {inventory, name, maxFailures: {hosts: 0}};
  }

  const hostsIn = async (inventory: string, name: string) => await hostsOfGroup(group(inventory, name), root);

  test('are those that YAML, a script and a plugin name, or a plain list', async () => {
    expect(await Promise.all([hostsIn('all', 'web'), hostsIn('all', 'db'), hostsIn('all', 'first')])).toEqual([
      odd,
      ['db1', 'db2'],
      ['::1', 'db1'],
    ]);
    expect(await hostsIn('web1,web2,', 'all')).toEqual(['web1', 'web2']);
  });

  test('are played on under their names, whatever signs these hold', async () => {
    const told: Told[] = [];
    const hosts = odd.map(host => ({host, job: `of ${host}`, from: 0, begun: ''}));
    const place = {group: group('all', 'web'), directory: root};
    await playOn(place, {text: 'echo "$TMINUS_JOB"', hosts, tell: one => void told.push(one)});
    const said = told.map(one => [one.host, one.how === 'ran' ? one.out.toString() : one.detail]);
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(odd.map(host => [host, `of ${host}\n`])));
  });

  test('are not known where any part of the inventory cannot be read, and one line says why', async () => {
    const why = async (inventory: string) => await hostsIn(inventory, 'web').then(() => 'read', messageOf);
    const [fails, noJson, noPlugin, broken, nowhere] = await Promise.all(
      ['fails', 'no-json', 'no-plugin.yml', 'broken.yml', 'nowhere.ini'].map(why),
    );
    expect(fails).toMatch(/cannot read the inventory \S+script: .* the cloud does not answer$/);
    expect(noJson).toMatch(/cannot read the inventory \S+no-json: .*inventory script results/);
    expect(noPlugin).toMatch(/specifies unknown plugin 'no\.such\.plugin'$/);
    expect(broken).toMatch(/cannot read the inventory \S+broken\.yml: .*YAML/);
    expect(nowhere).toBe(`there is no inventory nowhere.ini in ${root}`);
    for (const one of [fails, noJson, noPlugin, broken]) expect(one).not.toContain('\n');
  });
});
