/** A group whose inventory leads to other hosts, or other accounts, on the machine that takes its run over. */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hostsOfRun} from '../../../src/commands/ledger/raise-fences.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {HostVerdict} from '../../../src/run/outcome.ts';
import type {RunState} from '../../../src/run/state.ts';
import {ansibleMissing, startGroup, type TestGroup} from '../../helpers/group.ts';
import {bindings} from '../../helpers/real-world.ts';

const of = {id: '20261129T120000Z-abcd', checklist: 'shop: deploy.md', first: 7};

describe.skipIf(ansibleMissing)('the hosts of a group that is taken over', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-group-fences-'));
  let group: TestGroup;

  beforeAll(async () => {
    group = await startGroup(root, 2);
  });

  afterAll(async () => {
    await group?.stop();
    rmSync(root, {recursive: true, force: true});
  });

  /** Of a run whose one step has passed on these. */
  function hostsWhere(...passed: readonly string[]) {
    const own = {inventory: 'hosts.ini', name: 'web', maxFailures: {hosts: 0}};
    const web = {matches: ['deploy@web'], destination: 'group web of hosts.ini', group: own, line: 1};
    const bound = {...bindings({hosts: {web}}), file: join(root, 'tminus.yaml')};
    const plan = parsePlan('# Deploy\n\n## Deployment\n\n```bash\nssh deploy@web\ntrue\n```\n', bound, {env: {}});
    const hosts = passed.map((host): HostVerdict => ({host, kind: 'passed', because: 'exit 0'}));
    const verdict = {kind: 'passed', because: 'exit 0', checks: [], hosts} as const;
    const [step] = plan.steps;
    const steps = {[step?.id ?? '']: {status: 'passed', attempt: 1, at: 1, by: 'ana', verdict} as const};
    const state: RunState = {...initialState, steps: passed.length === 0 ? {} : steps};
    return hostsOfRun(plan, bound, state, of);
  }

  test('are refused by name where a step has passed on one, and nothing of the run is there', async () => {
    const refusal = (host: string) => `${host}: as ${userInfo().username} nothing of this run is there`;
    const [web1, web2] = [hostsWhere('web1'), hostsWhere('web1', 'web2')];
    await expect(web1.look()).rejects.toThrow(refusal('web1'));
    mkdirSync(join(group.hosts[0].sshd.tminusHome, 'jobs', `${of.id}-L5-1`), {recursive: true});
    await expect(web1.look()).resolves.toBeUndefined();
    await expect(web2.look()).rejects.toThrow(refusal('web2'));
    await expect(web2.raise(8)).rejects.toThrow(refusal('web2'));
    await expect(hostsWhere().look()).resolves.toBeUndefined();
    expect(await web1.raise(9)).toEqual({fenced: ['web1', 'web2'], unknown: []});
    await Promise.all([web1.close(), web2.close()]);
  });
});
