import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {World} from '../../../src/actions/world.ts';
import type {Place} from '../../../src/plan/script.ts';
import {ansibleMissing, inventoryLine} from '../../helpers/group.ts';
import {bindings, commands, expectKind, openTestWorld, performed, script} from '../../helpers/real-world.ts';
import {type Sudoer, startSudoer, sudoerMissing} from '../../helpers/sudoer.ts';

const web: Place = {kind: 'host', host: 'web', destination: 'deploy@web'};

describe.skipIf(ansibleMissing || sudoerMissing !== undefined)('a group whose sudo wants a terminal', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-terminal-'));
  let sudoer: Sudoer;

  beforeAll(async () => {
    sudoer = await startSudoer({defaults: ['requiretty', 'env_keep += "HOME TMINUS_HOME"']});
    sudoer.allow('ALL');
  });

  afterAll(async () => {
    await sudoer?.stop();
    rmSync(root, {recursive: true, force: true});
  });

  function open(settings: string): World {
    const line = inventoryLine({name: 'web1', sshd: sudoer.sshd}, sudoer.sshd);
    writeFileSync(join(root, 'hosts.ini'), `[web]\n${line} ansible_become=true ${settings}\n`);
    const group = {inventory: 'hosts.ini', name: 'web', maxFailures: {hosts: 0}};
    const hosts = {web: {matches: ['deploy@web'], destination: 'group web of hosts.ini', group, line: 1}};
    return openTestWorld({directory: root, bindings: bindings({hosts})}).world;
  }

  test.each([
    'ansible_pipelining=false',
    // Ansible by itself could do nothing there.
    'ansible_pipelining=true',
  ])('proves and runs there all the same: %s', async settings => {
    const world = open(settings);
    const proofs = [
      {id: 'root', sh: '[ "$(id -u)" = 0 ]', missing: ''},
      {id: 'user', sh: '[ "$(id -u)" != 0 ]', missing: ''},
    ];
    expect(await world.prove(web, 'rollback', proofs)).toMatchObject({root: {notOn: []}, user: {notOn: ['web1']}});
    const {outcome, printed} = await performed(
      world,
      script([commands('id -u', String.raw`printf '\377\n'`)], {place: web}),
    );
    expect(expectKind(outcome, 'on-hosts').hosts).toMatchObject([{outcome: {kind: 'exited', code: 0}}]);
    expect(printed).toBe(String.raw`web1 | $ id -u
web1 | 0
web1 | $ printf '\377\n'
web1 | ${'\uFFFD'}
`);
    await world.close();
  });

  test.each([
    [
      'ansible_ssh_use_tty=false',
      'sudo there wants a terminal (requiretty) and has none: take that out of its sudoers, ' +
        'or set ansible_pipelining=false and ansible_ssh_use_tty=true in the inventory',
    ],
    ['ansible_python_interpreter=/nowhere/python3', expect.stringContaining('/nowhere/python3: not found')],
  ])('says what keeps it from that: %s', async (settings, detail) => {
    const world = open(settings);
    const {outcome} = await performed(world, script([commands('id -u')], {place: web}));
    const refused = {kind: 'refused', reason: 'unsupported', detail};
    expect(expectKind(outcome, 'on-hosts').hosts).toMatchObject([{outcome: refused}]);
    await world.close();
  });

  test('says that sudo wants a password as well', async () => {
    sudoer.allow();
    const world = open('');
    const proving = world.prove(web, 'rollback', [{id: 'any', sh: ':', missing: ''}]);
    await expect(proving).rejects.toThrow(/^web1: Missing sudo password$/);
    await world.close();
  });
});
