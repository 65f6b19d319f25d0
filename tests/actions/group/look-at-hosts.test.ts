import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import type {World} from '../../../src/actions/world.ts';
import type {Place} from '../../../src/plan/script.ts';
import {ansibleMissing} from '../../helpers/group.ts';
import {bindings, commands, openTestWorld, performed, script} from '../../helpers/real-world.ts';

const web: Place = {kind: 'host', host: 'web', destination: 'deploy@web'};
const HOSTS = 5;

describe.skipIf(ansibleMissing)('the looks at a group of hosts', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-looks-'));

  afterAll(() => rmSync(root, {recursive: true, force: true}));

  /** A group on this machine. */
  function open(settings = '') {
    const lines = Array.from({length: HOSTS}, (_, index) => `web${index + 1} ansible_connection=local ${settings}`);
    writeFileSync(join(root, 'hosts.ini'), `[web]\n${lines.join('\n')}\n`);
    const group = {inventory: 'hosts.ini', name: 'web', maxFailures: {hosts: 0}};
    const hosts = {web: {matches: ['deploy@web'], destination: 'group web of hosts.ini', group, line: 1}};
    return openTestWorld({directory: root, bindings: bindings({hosts})}).world;
  }

  /** Of the file to which a proof adds a line on each host. */
  function linesOf(file: string): readonly string[] {
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  }

  async function lookAt(world: World, file: string) {
    const known = linesOf(file).length;
    const {any} = await world.prove(web, 'rollback', [{id: 'any', sh: `echo x >>'${file}'`, missing: ''}]);
    if (typeof any !== 'object' || !('notOn' in any)) throw new Error(`not of a group: ${JSON.stringify(any)}`);
    return {asked: linesOf(file).length - known, notOn: any.notOn, hosts: any.hosts, isOld: any.ageMs > 0};
  }

  test('go to the first host and three others in turn, with the age of the rest', async () => {
    const world = open();
    const look = () => lookAt(world, join(root, 'asked'));
    expect(await look()).toEqual({asked: HOSTS, notOn: [], hosts: HOSTS, isOld: false});
    expect(await look()).toEqual({asked: 4, notOn: [], hosts: HOSTS, isOld: true});
    await world.close();
  });

  test('go to all hosts on which something was done since, and to no more than these for that', async () => {
    const world = open();
    const look = () => lookAt(world, join(root, 'asked-again'));
    const act = (...hosts: readonly string[]) => performed(world, script([commands('true')], {place: web, hosts}));
    expect(await look()).toMatchObject({asked: HOSTS});
    // web5, web2 and web3 are next in turn, then web4, web5 and web2.
    await act('web1', 'web4');
    expect(await look()).toMatchObject({asked: HOSTS});
    await act('web1');
    expect(await look()).toMatchObject({asked: 4});
    await world.close();
  });

  test('name the hosts in their order, also behind one that was asked anew', async () => {
    const world = open();
    const look = () => world.prove(web, 'rollback', [{id: 'never', sh: 'false', missing: ''}]);
    const never = {notOn: ['web1', 'web2', 'web3', 'web4', 'web5']};
    expect(await look()).toMatchObject({never});
    await performed(world, script([commands('true')], {place: web, hosts: ['web1']}));
    expect(await look()).toMatchObject({never});
    await world.close();
  });

  test('are one task of Ansible with all that is asked at the same time, and each has its own answers', async () => {
    const world = open();
    // Each task has a session of its own, or several of them. What is asked has another one, and is started from there.
    const note = (file: string) => `cut -d ' ' -f 6 /proc/$PPID/stat >>'${join(root, file)}'`;
    const proof = (id: string, sh = note(id)) => ({id, sh, missing: ''});
    const [first, second, seen, code] = await Promise.all([
      world.prove(web, 'rollback', [proof('a'), proof('b', 'false')]),
      world.prove(web, 'rollback', [proof('c')]),
      world.read(web, 'rollback', [{id: 'd', sh: `${note('d')}; echo 'as it is'`}]),
      world.capture(web, `${note('e')}; exit 3`, 60_000).then(captured => captured.code),
    ]);
    const all = ['web1', 'web2', 'web3', 'web4', 'web5'];
    expect([first, second]).toMatchObject([{a: {notOn: []}, b: {notOn: all}}, {c: {notOn: []}}]);
    expect([seen, code]).toEqual([{d: 'as it is'}, 3]);
    const sessions = ['a', 'c', 'd', 'e'].map(file => linesOf(join(root, file)).toSorted());
    expect(sessions).toEqual(sessions.map(() => sessions[0]));
    expect(sessions[0]).toHaveLength(HOSTS);
    await world.close();
  });

  test.each([
    ['', 1],
    // Ansible itself sends nothing through it by way of standard input.
    ['ansible_become=true ansible_become_method=su', 0],
  ])('need Python on the hosts only where nothing can be sent as it is: %s', async (settings, code) => {
    const world = open(settings);
    // Between it and the question there are only shells of the task itself.
    const above = `p=$$; while [ "$(tr -d '\\0' </proc/$p/cmdline)" = sh ]; do p=$(cut -d ' ' -f 4 /proc/$p/stat); done`;
    const isByPython = `${above}; tr '\\0' ' ' </proc/$p/cmdline | grep -q python`;
    const proofs = [
      {id: 'needed', sh: isByPython, missing: ''},
      {id: 'not needed', sh: `! { ${isByPython}; }`, missing: ''},
    ];
    expect(await world.prove(web, 'rollback', proofs)).toMatchObject({
      needed: {notOn: {length: code * HOSTS}},
      'not needed': {notOn: {length: (1 - code) * HOSTS}},
    });
    await world.close();
  });
});
