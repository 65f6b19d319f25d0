import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import type {Place} from '../../../src/plan/script.ts';
import {ansibleMissing} from '../../helpers/group.ts';
import {bindings, openTestWorld} from '../../helpers/real-world.ts';

const web: Place = {kind: 'host', host: 'web', destination: 'deploy@web'};
const HOSTS = 5;

describe.skipIf(ansibleMissing)('the looks at a group of hosts', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-looks-'));

  afterEach(() => rmSync(root, {recursive: true, force: true}));

  test('go to the first host and three others in turn, with the age of the rest', async () => {
    const asked = join(root, 'asked');
    const lines = Array.from({length: HOSTS}, (_, index) => `web${index + 1} ansible_connection=local`);
    writeFileSync(join(root, 'hosts.ini'), `[web]\n${lines.join('\n')}\n`);
    const group = {inventory: 'hosts.ini', name: 'web', maxFailures: {hosts: 0}};
    const hosts = {web: {matches: ['deploy@web'], destination: 'group web of hosts.ini', group, line: 1}};
    const {world} = openTestWorld({directory: root, bindings: bindings({hosts})});
    const look = async () => {
      const known = askedSoFar();
      const {any} = await world.prove(web, 'rollback', [{id: 'any', sh: `echo x >>'${asked}'`, missing: ''}]);
      if (typeof any !== 'object') throw new Error(`not of a group: ${any}`);
      return {asked: askedSoFar() - known, notOn: any.notOn, hosts: any.hosts, isOld: any.ageMs > 0};
    };
    const askedSoFar = () => {
      try {
        return readFileSync(asked, 'utf8').trimEnd().split('\n').length;
      } catch {
        return 0;
      }
    };

    expect(await look()).toEqual({asked: HOSTS, notOn: [], hosts: HOSTS, isOld: false});
    expect(await look()).toEqual({asked: 4, notOn: [], hosts: HOSTS, isOld: true});
    await world.close();
  });
});
